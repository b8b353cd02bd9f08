"""Every component renders, keeps the content security policy and speaks to screen readers."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.utils import translation

from gsp.web import formats, gallery, tones
from gsp.web.theme import set_theme

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = TEMPLATES / settings.COTTON_DIR
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE)


def engine():
    """The project's templates without context processors, so that no desk is needed."""
    options = {**settings.TEMPLATES[0]["OPTIONS"], "context_processors": []}
    return DjangoTemplates(
        {"NAME": "bare", "DIRS": [TEMPLATES], "APP_DIRS": False, "OPTIONS": options}
    )


def page_context():
    user = SimpleNamespace(is_authenticated=True, name="Lena Vogt", email="lena@example.org")
    desk = SimpleNamespace(
        agency=SimpleNamespace(name="Skill agency"),
        organisation=None,
        member=SimpleNamespace(get_role_display="Programme officer", may=lambda permission: False),
        home="/desk/",
    )
    item = {"label": "Cohorts", "url": "/c/", "icon": "mortarboard", "current": True, "count": 1240}
    return {
        **gallery.sample(),
        "user": user,
        "desk": desk,
        "navigation": [{"label": "People", "items": [item]}],
        "messages": [Message(SUCCESS, "The cohort was saved.")],
    }


@pytest.fixture
def gallery_page():
    """The gallery's HTML and the names of the templates that made it."""
    names = set()

    def remember(sender, template, **kwargs):
        names.add(template.name)

    template_rendered.connect(remember)
    request = RequestFactory().get("/gallery/")
    html = engine().get_template("web/gallery.html").render(page_context(), request)
    template_rendered.disconnect(remember)
    return html, names


def render(source, query="", **context):
    """Compile ``source`` as a file would be: through the loader that knows ``<c-…>``."""
    from django_cotton.compiler_regex import CottonCompiler

    request = RequestFactory().get("/list/" + query)
    template = Template(CottonCompiler().process(source))
    return " ".join(template.render(Context({"request": request, **context})).split())


def test_gallery_shows_every_component(gallery_page):
    _html, names = gallery_page

    shown = {Path(name).name for name in names if name and name.startswith("components/")}

    assert shown == {path.name for path in COMPONENTS.glob("*.html")}


def test_gallery_leaves_no_tag_unrendered(gallery_page):
    html, _names = gallery_page

    assert re.findall(r"</?c-[a-z-]+|\{[{%]", html) == []
    assert INLINE.findall(html) == []
    assert SCRIPT.findall(html) == []
    assert "The cohort was saved." in html


def test_gallery_has_each_id_once(gallery_page):
    html, _names = gallery_page

    ids = re.findall(r'\sid="([^"]+)"', html)

    repeated = {name for name in ids if ids.count(name) > 1}
    assert {name for name in repeated if not name.startswith(("id_", "error-summary"))} == set()


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_template_holds_no_inline_code(path):
    source = path.read_text()

    assert INLINE.findall(source) == []
    assert SCRIPT.findall(source) == []
    assert source.count("\n") <= 120


def test_state_badge_shows_tone_icon_and_word():
    html = render('<c-state-badge state="failed" />')

    assert html == (
        '<span class="tag tone-bad"><i class="bi bi-x-octagon" aria-hidden="true"></i>'
        "<span>Failed</span></span>"
    )


def test_state_badge_of_an_unknown_state_is_quiet_and_keeps_its_words():
    assert tones.state_look("pre_departure") == ("quiet", "circle", "Pre departure")


def test_track_falls_back_to_undecided():
    assert [tones.track_look(track).tone for track in ("home", "away", None)] == [
        "home",
        "away",
        "undecided",
    ]


def test_reason_look_refuses_an_unknown_verdict():
    with pytest.raises(KeyError):
        tones.reason_look("perhaps")


@pytest.mark.parametrize(
    ("query", "href", "sorted_as"),
    [
        ("", "?sort=name", None),
        ("?sort=name&q=a&page=3", "?q=a&amp;sort=-name", "ascending"),
        ("?sort=-name", "?sort=name", "descending"),
    ],
)
def test_column_says_how_it_is_sorted_and_keeps_the_filters(query, href, sorted_as):
    html = render('<c-column label="Name" sort="name" />', query)

    assert f'href="{href}"' in html
    assert re.findall(r'aria-sort="([a-z]+)"', html) == ([sorted_as] if sorted_as else [])


def test_pagination_keeps_the_query_and_marks_the_page():
    page = Paginator(range(60), 25).page(2)

    html = render('<c-pagination :page="page" />', "?q=welder&page=2", page=page)

    assert '<span class="soft">26 to 50 of 60</span>' in html
    assert html.count('aria-current="page"') == 1
    assert 'rel="next" href="?q=welder&amp;page=3"' in html


def test_faulty_field_points_to_its_help_and_error():
    form = gallery.SampleForm({"name": ""})

    html = render('<c-field :field="form.name" />', form=form)

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert '<label class="form-label" for="id_name">' in html


def test_error_summary_links_each_field():
    html = render('<c-form-errors :form="form" />', form=gallery.SampleForm({"seats": "0"}))

    assert re.findall(r'href="#(\w+)"', html) == ["id_name", "id_seats", "id_country", "id_agreed"]


def test_names_are_escaped_and_isolated():
    html = render('<c-person-name name="{{ name }}" />', name="<b>يوسف</b>")

    assert html == '<span class="person"><bdi>&lt;b&gt;يوسف&lt;/b&gt;</bdi></span>'


@pytest.mark.parametrize(
    ("language", "number", "money", "day", "country"),
    [
        ("en", "1,234.5", "€2,850", "22 Nov 2026", "Kosovo"),
        ("de", "1.234,5", "2.850\xa0€", "22.11.2026", "Kosovo"),
        ("fr", "1\u202f234,5", "2\u202f850\xa0€", "22 nov. 2026", "Kosovo"),
        ("ar", "1,234.5", "\u200f2,850\xa0€", "22\u200f/11\u200f/2026", "كوسوفو"),
    ],
)
def test_figures_follow_the_language(language, number, money, day, country):
    with translation.override(language):
        shown = (
            formats.number("1234.5"),
            formats.money("2850", "EUR"),
            formats.day(dt.date(2026, 11, 22)),
            formats.country_name("XK"),
        )

    assert shown == (number, money, day, country)


def test_figures_that_are_missing_become_a_dash():
    shown = [formats.number(None), formats.percent(""), formats.money(None, "EUR")]

    assert shown == ["–", "–", "–"]


def test_money_keeps_cents_that_are_there():
    with translation.override("en"):
        assert formats.money("2850.5", "USD") == "US$2,850.50"


def test_theme_is_remembered_and_leads_back():
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "/gallery/"})

    response = set_theme(request)

    assert (response.status_code, response["Location"]) == (302, "/gallery/")
    assert response.cookies["theme"].value == "dark"


def test_theme_never_leads_to_another_host_nor_keeps_other_words():
    request = RequestFactory().post("/theme/", {"theme": "x", "next": "https://evil.example/"})

    response = set_theme(request)

    assert response["Location"] == "/"
    assert response.cookies["theme"].value == ""
