"""Charts drawn on the server: pure functions from figures to SVG, without script or style."""

from gsp.web.charts.bars import Bar, Segment, gap_chart, grouped_bars, stacked_bar
from gsp.web.charts.sparkline import sparkline

__all__ = ["Bar", "Segment", "gap_chart", "grouped_bars", "sparkline", "stacked_bar"]
