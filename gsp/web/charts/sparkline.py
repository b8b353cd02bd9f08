"""A small line that shows how one figure moved."""

from gsp.web.charts.svg import element, picture

WIDTH, HEIGHT, MARGIN = 96, 28, 4


def sparkline(values, *, title, description, rtl=False):
    """Draw ``values`` (oldest first) as a line of 96 by 28 pixels; time runs with the script.

    Fewer than two values give an empty drawing, because one point shows no movement.
    """
    points = _points(list(values), rtl)
    frame = {"class_": "spark", "width": WIDTH, "height": HEIGHT}
    box = f"0 0 {WIDTH} {HEIGHT}"
    if not points:
        return picture(title=title, description=description, viewBox=box, **frame)
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    (first_x, _first_y), (last_x, last_y) = points[0], points[-1]
    floor = HEIGHT - 1
    return picture(
        element(
            "polygon", class_="spark-area", points=f"{first_x:g},{floor} {line} {last_x:g},{floor}"
        ),
        element("polyline", class_="spark-line", points=line),
        element("circle", class_="spark-end", cx=f"{last_x:g}", cy=f"{last_y:g}", r=3),
        title=title,
        description=description,
        viewBox=box,
        **frame,
    )


def _points(values, rtl):
    if len(values) < 2:
        return []
    low, span = min(values), (max(values) - min(values)) or 1
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = []
    for index, value in enumerate(values):
        x = MARGIN + index * step
        y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / span
        points.append((round(WIDTH - x if rtl else x, 1), round(y, 1)))
    return points
