"""The schema is complete and its page keeps to the content security policy."""

import re
import warnings

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

PLAIN = {"list", "retrieve"}


@pytest.fixture(scope="module")
def schema():
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made = SchemaGenerator().get_schema(request=None, public=True)
    return made


def test_schema_is_valid_and_without_warnings(schema):
    validate_schema(schema)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_schema_knows_what_is_served_here(schema):
    desk = "/api/v1/{agency}/{desk}"
    served = {path.removeprefix(desk): set(verbs) for path, verbs in schema["paths"].items()}
    assert served["/demand"] == {"get", "post"}
    assert served["/demand/{uid}"] == {"get", "patch"}
    assert served["/demand/{uid}/withdraw"] == {"post"}
    assert served["/workforce-figures"] == {"get", "post"}
    assert served["/workforce-figures/uploads"] == {"post"}
    for name in ("/partnerships", "/organisations", "/occupations", "/skills"):
        assert served[name] == {"get"}


def test_every_operation_asks_for_sign_in(schema):
    for path, verbs in schema["paths"].items():
        for verb, operation in verbs.items():
            schemes = {name for one in operation["security"] for name in one}
            assert schemes == {"machineClient", "session"}, f"{verb} {path}"


def test_documentation_page_has_nothing_inline(client, db):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    html = page.content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    (script,) = re.findall(r'<script src="(/api/v1/docs[^"]*)"', html)
    assert client.get(script)["Content-Type"].startswith("application/javascript")
    assert client.get("/api/v1/schema").status_code == 200
