"""The gap: the worked example of the documentation to the last digit, and its edges."""

from decimal import Decimal

import pytest

from matching.engine.gap import gaps
from matching.engine.gap_lines import (
    Assumptions,
    DemandLine,
    Part,
    PipelineLine,
    Stage,
    Term,
    WorkforceLine,
)
from matching.engine.model import Track

D = Decimal
PLACE = ("DE", 7112)

DEMAND = [
    DemandLine(*PLACE, Term.SHORT, 40, Stage.CONTRACT),
    DemandLine(*PLACE, Term.SHORT, 20, Stage.SIGNED),
    DemandLine(*PLACE, Term.SHORT, 10, Stage.SIGNED),
    DemandLine(*PLACE, Term.SHORT, 20, Stage.LETTER_OF_INTENT),
    DemandLine(*PLACE, Term.SHORT, 50, Stage.EXPRESSED),
    DemandLine(*PLACE, Term.MEDIUM, 100, Stage.SIGNED),
]
WORKFORCE = WorkforceLine(
    *PLACE,
    employed=12_000,
    unemployed=60,
    vacancies=150,
    graduates=30,
    exits=5,
    qualified=D("0.6"),
    available=D("0.75"),
    growth=D("0.01"),
    replacement=D("0.03"),
)
PIPELINE = [
    PipelineLine(*PLACE, Track.AWAY, 30, 10),
    PipelineLine(*PLACE, Track.AWAY, 25, 18, D("0.72")),
]


def test_short_term_of_the_worked_example():
    short, _ = gaps(DEMAND, [WORKFORCE], PIPELINE, Assumptions())
    assert (short.country, short.unit_group, short.term) == ("DE", 7112, Term.SHORT)
    assert short.demand_parts == (
        Part("expressed", D(50), D("0.25"), D("12.50")),
        Part("letter_of_intent", D(20), D("0.5"), D("10.00")),
        Part("signed", D(30), D("0.8"), D("24.00")),
        Part("contract", D(40), D(1), D("40.00")),
    )
    assert short.supply_parts == (
        Part("unemployed", D(60), D("0.450"), D("27.00")),
        Part("graduates", D(30), D("0.7"), D("21.00")),
        Part("exits", D(5), D(-1), D("-5.00")),
    )
    assert short.pipeline_parts == (Part("away", D(30), D("0.8"), D("24.00")),)
    figures = (short.demand, short.supply, short.pipeline, short.gap, short.tension)
    assert [str(figure) for figure in figures] == ["86.50", "43.00", "24.00", "19.50", "2.50"]
    assert (short.missing, short.assumed) == ((), ("completion", "staying"))


def test_medium_term_of_the_worked_example():
    _, medium = gaps(DEMAND, [WORKFORCE], PIPELINE, Assumptions())
    assert medium.demand_parts == (
        Part("growth", D(12_000), D("0.030301"), D("363.61")),
        Part("replacement", D(12_000), D("0.087327"), D("1047.92")),
    )
    assert [part.value for part in medium.supply_parts] == [D("27.00"), D("63.00"), D("-15.00")]
    assert medium.pipeline_parts == (
        Part("away", D(25), D("0.72"), D("18.00")),
        Part("away", D(30), D("0.8"), D("24.00")),
    )
    figures = (medium.demand, medium.supply, medium.pipeline, medium.gap)
    assert [str(figure) for figure in figures] == ["1411.53", "75.00", "42.00", "1294.53"]


def test_medium_term_without_employment_counts_the_posts_and_says_so():
    _, medium = gaps(DEMAND, [], [], Assumptions())
    assert medium.demand == D("166.50")  # 12.50 + 10 + 104 + 40
    assert medium.gap == D("166.50")
    assert medium.missing == ("employed", "unemployed", "vacancies", "graduates", "exits")
    assert medium.assumed == ()
    assert medium.tension is None


def test_posts_beyond_growth_and_replacement_count_in_full():
    small = WorkforceLine(*PLACE, employed=100)
    _, medium = gaps(DEMAND, [small], [], Assumptions())
    assert medium.demand == D("166.50")  # growth and replacement: 7.31
    assert medium.assumed == ("growth", "replacement")


def test_gap_and_supply_never_fall_below_nothing():
    idle = WorkforceLine(*PLACE, unemployed=1000, exits=0)
    leaving = WorkforceLine("XK", 7112, unemployed=0, graduates=0, exits=40, vacancies=3)
    lines = gaps(DEMAND, [idle, leaving], [], Assumptions())
    assert [(line.country, line.term, line.gap) for line in lines] == [
        ("DE", Term.SHORT, D(0)),
        ("DE", Term.MEDIUM, D(0)),
        ("XK", Term.SHORT, D(0)),
        ("XK", Term.MEDIUM, D(0)),
    ]
    assert lines[2].supply == D(0)
    assert lines[2].tension is None


def test_order_of_lines_changes_nothing():
    both = [WORKFORCE, WorkforceLine("DE", 7115, unemployed=3)]
    there = gaps(DEMAND, both, PIPELINE, Assumptions())
    assert gaps(DEMAND[::-1], both[::-1], PIPELINE[::-1], Assumptions()) == there
    assert [(line.unit_group, line.term) for line in there] == [
        (7112, Term.SHORT),
        (7112, Term.MEDIUM),
        (7115, Term.SHORT),
        (7115, Term.MEDIUM),
    ]


def test_two_figures_for_one_place_are_refused():
    with pytest.raises(ValueError, match=r"two workforce lines for \('DE', 7112\)"):
        gaps([], [WORKFORCE, WORKFORCE], [], Assumptions())


def test_no_lines_give_no_gaps():
    assert gaps([], [], [], Assumptions()) == []
