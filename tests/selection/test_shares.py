from selection.shares import Figure, band, broken_down


def test_ages_fall_into_bands():
    assert [band(age) for age in (17, 18, 24, 25, 34, 35, None)] == [
        "under_18",
        "18_24",
        "18_24",
        "25_29",
        "30_34",
        "35_and_over",
        "unknown",
    ]


def test_whoever_got_far_counts_at_every_stage_before():
    counts = [
        ("offered", {"sex": "female"}, 3),
        ("eligible", {"sex": "female"}, 3),
        ("applied", {"sex": "male"}, 4),
    ]
    found = broken_down(counts, hides_small=False)
    assert found.totals == {"applied": 10, "eligible": 6, "shortlisted": 3, "offered": 3}
    assert found.lines["sex"]["female"]["applied"] == Figure(6, 0.6)
    assert found.lines["sex"]["female"]["offered"] == Figure(3, 1.0)
    assert found.lines["sex"]["male"]["eligible"] == Figure(0, 0.0)


def test_small_numbers_are_hidden_and_cannot_be_told_from_the_total():
    by_sex = {"female": 90, "male": 7, "other": 2}
    counts = [("applied", {"sex": sex}, count) for sex, count in by_sex.items()]
    lines = broken_down(counts, hides_small=True).lines["sex"]
    assert lines["other"]["applied"] == Figure(None, None)
    assert lines["male"]["applied"] == Figure(None, None)
    assert lines["female"]["applied"] == Figure(90, 90 / 99)


def test_disability_is_hidden_for_everybody():
    counts = [("applied", {"disability": "yes"}, 1), ("applied", {"disability": "no"}, 9)]
    lines = broken_down(counts, hides_small=False).lines["disability"]
    assert lines["yes"]["applied"] == Figure(None, None)


def test_small_regions_are_gathered():
    counts = [("applied", {"region": f"R{number}"}, 20 - number) for number in range(10)]
    lines = broken_down(counts, hides_small=False).lines["region"]
    assert list(lines) == [*(f"R{number}" for number in range(8)), "elsewhere"]
    assert lines["elsewhere"]["applied"].count == 12 + 11
