"""Charts: exact lengths, both directions, names for screen readers, nothing inline."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation

from gsp.web.charts import gap_chart, grouped_bars, sparkline, stacked_bar

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"title": "Welders are missing", "description": "Two occupations."}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(svg):
    return ElementTree.fromstring(str(svg))


def rects(svg):
    return [
        (rect.get("class"), rect.get("x"), rect.get("width"), rect.get("y"))
        for rect in drawn(svg).iter(f"{SVG}rect")
    ]


def texts(svg):
    return [(text.text, text.get("x")) for text in drawn(svg).iter(f"{SVG}text")]


def test_gap_chart_stacks_what_meets_the_demand():
    svg = gap_chart([("Welders", 40, 20, 10, 10)], **NAMES)

    assert rects(svg) == [
        ("series-demand", "0%", "80%", "24"),
        ("series-supply", "0%", "40%", "42"),
        ("series-pipeline", "40%", "20%", "42"),
        ("series-gap", "60%", "20%", "42"),
    ]
    assert texts(svg) == [("Welders", "0%"), ("40", "80%"), ("gap 10", "80%")]


def test_gap_chart_runs_the_other_way_in_right_to_left():
    svg = gap_chart([("لحام", 40, 20, 10, 10)], rtl=True, **NAMES)

    assert rects(svg) == [
        ("series-demand", "20%", "80%", "24"),
        ("series-supply", "60%", "40%", "42"),
        ("series-pipeline", "40%", "20%", "42"),
        ("series-gap", "20%", "20%", "42"),
    ]
    assert drawn(svg).get("direction") == "rtl"


def test_gap_chart_without_gap_says_so():
    svg = gap_chart([("Nurses", 10, 20, 0, 0)], **NAMES)

    assert texts(svg)[-1] == ("no gap", "80%")


def test_grouped_bars_share_one_scale():
    svg = grouped_bars([("A", [("home", 5), ("away", 10)]), ("B", [("home", 20)])], **NAMES)

    assert rects(svg) == [
        ("series-home", "0%", "20%", "24"),
        ("series-away", "0%", "40%", "42"),
        ("series-home", "0%", "80%", "100"),
    ]
    assert drawn(svg).get("height") == "114"


def test_stacked_bar_writes_the_sum():
    svg = stacked_bar([("2026", [("home", 1500), ("away", 500)])], **NAMES)

    assert rects(svg) == [
        ("series-home", "0%", "60%", "24"),
        ("series-away", "60%", "20%", "24"),
    ]
    assert texts(svg)[-1] == ("2,000", "80%")


def test_bars_of_nothing_draw_no_rectangle():
    svg = grouped_bars([("A", [("home", 0)])], **NAMES)

    assert rects(svg) == []
    assert texts(svg) == [("A", "0%"), ("0", "0%")]


def test_no_rows_make_an_empty_drawing():
    assert drawn(grouped_bars([], **NAMES)).get("height") == "0"


def test_long_labels_take_two_lines_and_stay_whole_in_the_title():
    label = "Bricklayers, stonemasons and related building workers of every kind"

    svg = grouped_bars([(label, [("home", 1)])], **NAMES)

    assert texts(svg)[:2] == [
        ("Bricklayers, stonemasons and", "0%"),
        ("related building workers of…", "0%"),
    ]
    assert rects(svg) == [("series-home", "0%", "80%", "42")]
    assert [title.text for title in drawn(svg).iter(f"{SVG}title")] == [NAMES["title"], label]


def test_sparkline_runs_from_corner_to_corner():
    svg = sparkline([0, 5, 10], **NAMES)

    line = drawn(svg).find(f"{SVG}polyline")
    assert line.get("points") == "4,24 48,14 92,4"


def test_sparkline_runs_the_other_way_in_right_to_left():
    svg = sparkline([0, 10], rtl=True, **NAMES)

    assert drawn(svg).find(f"{SVG}polyline").get("points") == "92,24 4,4"


def test_sparkline_of_one_value_shows_no_movement():
    assert drawn(sparkline([7], **NAMES)).find(f"{SVG}polyline") is None


def test_charts_name_themselves_for_screen_readers():
    root = drawn(gap_chart([("Welders", 1, 0, 0, 1)], **NAMES))

    ids = {child.get("id"): child.text for child in root if child.get("id")}
    assert root.get("role") == "img"
    assert ids[root.get("aria-labelledby")] == "Welders are missing"
    assert ids[root.get("aria-describedby")] == "Two occupations."


def test_charts_hold_no_style_and_escape_labels():
    svg = str(gap_chart([("<script>alert(1)</script>", 1, 0, 0, 1)], **NAMES))

    assert re.findall(r"style=|<script|\son\w+=", svg) == []
    assert "&lt;script&gt;" in svg
