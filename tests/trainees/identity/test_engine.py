"""Two records compared: any script, any order, and what a family shares."""

import pytest

from trainees.identity_engine.identity import Identity, features
from trainees.identity_engine.keys import COMPARED, Kind, keys, search_keys
from trainees.identity_engine.letters import skeletons, words
from trainees.identity_engine.score import Band, judge

ARTA = {
    "given_name": "Arta",
    "family_name": "Krasniqi",
    "birth_date": "2000-05-17",
    "document_number": "P1234567",
    "phone": "+383 44 111 222",
    "sex": "female",
    "country": "XK",
    "region": "Skenderaj",
}
ALONE = {"document_number": "", "phone": ""}


def record(**facts):
    return features(Identity(**{**ARTA, **facts}))


def compared(**facts):
    """Compare Arta's record with one that differs in some facts, and the other way round."""
    verdict = judge(record(), record(**facts))
    assert judge(record(**facts), record()) == verdict
    return verdict


def findings(verdict):
    return {one.fact: one.finding for one in verdict.signals}


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Арта", "Краснићи"),
        ("أرتا", "كراسنيتشي"),
        ("Краснићи", "Арта"),
        ("كراسنيتشي", "أرتا"),
    ],
)
def test_one_name_in_three_scripts_and_either_order(given, family):
    verdict = compared(given_name=given, family_name=family, **ALONE)
    assert verdict.band == Band.LIKELY
    assert (verdict.score, findings(verdict)["name"]) == (26, "other_script")


def test_every_fact_equal_is_certain_and_explained():
    verdict = compared()
    assert (verdict.score, verdict.band) == (52, Band.CERTAIN)
    assert findings(verdict) == {
        "name": "equal",
        "birth_date": "equal",
        "document": "equal",
        "phone": "equal",
        "sex": "equal",
        "region": "equal",
    }
    assert sum(one.points for one in verdict.signals) == 52


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({"given_name": "Krasniqi", "family_name": "Arta"}, ("name", "swapped")),
        ({"family_name": "Krasnići"}, ("name", "alike")),
        ({"family_name": "Krasniqi-Gashi"}, ("name", "part")),
        ({"given_name": "Arta Lira"}, ("name", "part")),
        ({"family_name": "Gashi"}, ("name", "given_only")),
        ({"given_name": "Besa"}, ("name", "family_only")),
        ({"given_name": "Ilir", "family_name": "Gashi"}, ("name", "different")),
        ({"birth_date": "2000-05-18"}, ("birth_date", "one_digit")),
        ({"birth_date": "2000-11-03"}, ("birth_date", "same_year")),
        ({"birth_date": "1999-11-03"}, ("birth_date", "different")),
        ({"document_number": "p 123-4567"}, ("document", "equal")),
        ({"document_number": "P1234576"}, ("document", "one_off")),
        ({"document_number": "X9876543"}, ("document", "different")),
        ({"phone": "٠٤٤ ١١١ ٢٢٢"}, ("phone", "equal")),
        ({"sex": "male"}, ("sex", "different")),
        ({"country": "AL"}, ("country", "different")),
    ],
)
def test_each_fact_says_how_it_compares(facts, finding):
    assert findings(compared(**facts))[finding[0]] == finding[1]


def test_day_and_month_exchanged():
    verdict = judge(record(birth_date="2000-05-07"), record(birth_date="2000-07-05"))
    assert findings(verdict)["birth_date"] == "swapped"


def test_first_of_january_says_less_than_another_birthday():
    january = {"birth_date": "2000-01-01", **ALONE}
    verdict = judge(record(**january), record(**january))
    assert (verdict.score, verdict.band) == (22, Band.POSSIBLE)


@pytest.mark.parametrize("given", ["Besa", "Arba", "Artana", "Arlinda"])
def test_twins_are_possible_at_most(given):
    """Birthday, family name, telephone and home are theirs in common."""
    assert compared(given_name=given, document_number="P7654321").band == Band.POSSIBLE
    assert compared(given_name=given, document_number="").band == Band.POSSIBLE


def test_twin_brother_and_sister_are_possible_at_most():
    assert compared(given_name="Artan", sex="male", document_number="").band == Band.POSSIBLE


@pytest.mark.parametrize(
    "facts",
    [
        {"given_name": "Ilir", "family_name": "Gashi", "birth_date": "1990-01-02", "sex": "male"},
        {"given_name": "Agim", "birth_date": "1970-03-09", "sex": "male"},
        {"given_name": "Besa", "birth_date": "2003-08-11"},
        {"given_name": "Besa", "birth_date": ""},
    ],
)
def test_a_telephone_shared_by_a_family_is_nothing(facts):
    shared = {"email": "family@example.org", "document_number": ""}
    one, other = record(**shared), record(**shared, **facts)
    assert judge(one, other).band == Band.NO


def test_the_same_name_alone_is_nothing():
    other = {"birth_date": "1991-02-03", **ALONE}
    assert compared(**other).band == Band.NO
    nameless = {"birth_date": "", **ALONE}
    assert judge(record(**nameless), record(**nameless)).band == Band.NO


def test_one_document_with_everything_else_different_is_still_looked_at():
    other = {"given_name": "Ilir", "family_name": "Gashi", "birth_date": "1970-03-09"}
    assert compared(**other, sex="male", phone="", region="").band == Band.POSSIBLE


def test_a_name_changed_by_marriage_is_likely_with_the_document():
    assert compared(family_name="Hoxha").band == Band.LIKELY


@pytest.mark.parametrize(
    "spellings",
    [
        ("Muhammad", "Mohamed", "محمد", "Мухаммед"),
        ("Jamal", "جمال", "Xhemal", "Џемал"),
        ("Yunus", "Junus", "Jonuz", "يونس"),
        ("Omar", "Omer", "عمر", "Umar"),
        ("Khaled", "Halid", "خالد"),
        ("Đorđe", "Ђорђе", "Djordje"),
        ("Krasniqi", "Krasnići", "Краснићи", "كراسنيتشي"),
        ("Γιώργος", "Giorgos"),
        ("Al-Hassan", "الحسن", "Hasan"),
    ],
)
def test_spellings_of_one_name_have_a_skeleton_in_common(spellings):
    common = set(skeletons(words(spellings[0])[0]))
    for spelling in spellings[1:]:
        common &= set(skeletons(words(spelling)[0]))
    assert common


def test_different_names_of_one_skeleton_are_told_apart():
    assert skeletons("ali") == skeletons("ela") == ("al",)
    assert findings(compared(given_name="Arti"))["name"] == "alike"
    one, other = record(given_name="Ali", **ALONE), record(given_name="Ela", **ALONE)
    assert findings(judge(one, other))["name"] == "family_only"


def test_records_to_compare_meet_by_a_key():
    """Whatever is alike enough to be shown shares one key at least."""
    own = {key for key in keys(record(**ALONE)) if key[0] in COMPARED}
    for facts in (
        {"given_name": "Арта", "family_name": "Краснићи"},
        {"given_name": "Krasniqi", "family_name": "Arta", "birth_date": "2000-05-18"},
        {"family_name": "Hoxha"},
        {"given_name": "Besa"},
    ):
        assert own & keys(record(**{**ALONE, **facts})), facts


def test_document_one_character_off_meets_by_its_other_half():
    other = keys(record(given_name="Lule", family_name="Hoxha", document_number="P1234576"))
    shared = {key for key in keys(record()) & other if key[0] == Kind.BORN_DOCUMENT}
    assert shared == {(Kind.BORN_DOCUMENT, "2000-5-17 P123-")}


def test_search_words_may_mean_a_fact_or_names():
    facts, names = search_keys("Арта Краснићи")
    assert names == [[(Kind.NAME, "art")], [(Kind.NAME, "krsnk")]]
    assert (Kind.PHONE, "44111222") in search_keys("+383 44 111 222")[0]
    assert search_keys("P-123")[0][0] == (Kind.DOCUMENT, "P123")
    assert facts[2] == (Kind.BORN, "Арта Краснићи")


def test_nothing_known_is_nobody():
    empty = features(Identity())
    assert keys(empty) == set()
    assert judge(empty, empty).band == Band.NO
