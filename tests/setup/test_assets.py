"""The files of npm packages that the pages use."""

import json
import re
from pathlib import Path

from django.conf import settings

from gsp.web.assets import PACKAGES, PackageFinder


def test_every_listed_file_exists():
    assert PackageFinder().check() == []


def test_a_listed_file_is_found_and_others_are_not():
    finder = PackageFinder()
    found = str(PACKAGES / "bootstrap/dist/css/bootstrap.rtl.min.css")
    assert finder.find("vendor/bootstrap/bootstrap.rtl.min.css") == found
    assert finder.find("vendor/bootstrap/bootstrap.rtl.min.css", find_all=True) == [found]
    assert finder.find("vendor/bootstrap/bootstrap.css") == []
    assert finder.find("vendor/../package.json") == []
    assert len(list(finder.list([]))) == 9
    assert [path for path, _ in finder.list(["*.map", "*.woff*", "*.js"])] == [
        "vendor/bootstrap/bootstrap.min.css",
        "vendor/bootstrap/bootstrap.rtl.min.css",
        "vendor/bootstrap-icons/bootstrap-icons.min.css",
    ]


def test_what_a_served_file_refers_to_is_served_too():
    served = PackageFinder().files
    for path, file in served.items():
        if file.suffix in {".css", ".js"}:
            text = file.read_text()
            references = re.findall(r"""sourceMappingURL=([\w.-]+)|url\("(fonts/[^"?]+)""", text)
            assert references
            for reference in references:
                assert str(Path(path).parent / "".join(reference)) in served


def test_lock_file_names_no_registry_and_pins_what_package_json_asks():
    text = (settings.BASE_DIR / "package-lock.json").read_text()
    assert '"resolved"' not in text
    packages = json.loads(text)["packages"]
    wanted = packages[""]["dependencies"] | packages[""]["devDependencies"]
    asked = json.loads((settings.BASE_DIR / "package.json").read_text())
    assert wanted == asked["dependencies"] | asked["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")
