"""Terms of the tracks: entered on the partnership's form, shown on its page, never by halves."""

import pytest

from partnerships.models import Partnership
from tests.partnerships.test_partnerships import TERMS

PAGE = "/desk/north/agency/partnerships/"
LANGUAGE = {"away_language": "de", "away_level": "B1", "away_language_days": "60"}


def test_terms_of_the_away_track_are_entered_and_shown(client, cast):
    client.force_login(cast.officer.user)
    page = f"{PAGE}{cast.partnership.uid}/"
    sent = {**TERMS, **LANGUAGE, "minimum_age": "18", "maximum_age": "35"}
    assert client.post(f"{page}edit/", sent).status_code == 302
    with cast.scope():
        terms = Partnership.objects.get()
        assert (terms.away_language_id, terms.away_level) == ("de", "B1")
        assert (terms.away_language_days, terms.minimum_age, terms.maximum_age) == (60, 18, 35)
        assert terms.events.filter(away_level="B1").count() == 1
    shown = client.get(page).text
    assert "German B1 · 60 days before the training ends" in shown
    assert "18–35" in shown


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"away_language": "de"}, "A language needs its level, and a level its language."),
        ({"away_level": "B1"}, "A language needs its level, and a level its language."),
        ({"minimum_age": "36", "maximum_age": "35"}, "The oldest age lies below the youngest."),
    ],
)
def test_terms_by_halves_are_refused(client, cast, sent, words):
    client.force_login(cast.officer.user)
    answer = client.post(f"{PAGE}{cast.partnership.uid}/edit/", {**TERMS, **sent})
    assert words in answer.text
    with cast.scope():
        terms = Partnership.objects.get()
        assert (terms.away_language_id, terms.away_level, terms.minimum_age) == (None, "", None)
