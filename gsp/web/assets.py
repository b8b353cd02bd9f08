"""Serves the few files of npm packages that the pages use, and no others."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import Warning as Finding
from django.core.files.storage import FileSystemStorage

PACKAGES = Path(settings.BASE_DIR) / "node_modules"

# (folder in node_modules, folder under static/, files). A style sheet or script comes with
# what it refers to: its source map, its fonts.
SERVED = [
    (
        "bootstrap/dist/css",
        "vendor/bootstrap",
        [
            "bootstrap.min.css",
            "bootstrap.min.css.map",
            "bootstrap.rtl.min.css",
            "bootstrap.rtl.min.css.map",
        ],
    ),
    (
        "bootstrap/dist/js",
        "vendor/bootstrap",
        ["bootstrap.bundle.min.js", "bootstrap.bundle.min.js.map"],
    ),
    (
        "bootstrap-icons/font",
        "vendor/bootstrap-icons",
        [
            "bootstrap-icons.min.css",
            "fonts/bootstrap-icons.woff2",
            "fonts/bootstrap-icons.woff",
        ],
    ),
]


class PackageFinder(BaseFinder):
    """Finds the files of ``SERVED`` for ``collectstatic`` and for tests."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.files = {
            f"{target}/{name}": PACKAGES / source / name
            for source, target, names in SERVED
            for name in names
        }
        self.storage = PackageStorage(self.files)

    def check(self, **kwargs):
        """Report each listed file that no package holds."""
        missing = [str(file) for file in self.files.values() if not file.exists()]
        if not missing:
            return []
        hint = "Fetch the packages of package-lock.json with: make setup"
        return [Finding(f"Missing: {', '.join(missing)}", hint=hint, id="gsp.web.W001")]

    def find(self, path, find_all=False, **kwargs):
        """Return the file behind a static path, or nothing; a list where all are wanted."""
        if kwargs:
            find_all = self._check_deprecated_find_param(find_all=find_all, **kwargs)
        file = self.files.get(path)
        found = [str(file)] if file and file.exists() else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns):
        """Yield each static path with the storage that opens it."""
        for path in self.files:
            if not utils.matches_patterns(path, ignore_patterns):
                yield path, self.storage


class PackageStorage(FileSystemStorage):
    """Opens a static path where its package holds it."""

    prefix = None

    def __init__(self, files: dict[str, Path]):
        super().__init__(location=PACKAGES)
        self.files = files

    def path(self, name):
        """Return the place of a static path on disk."""
        return str(self.files[name])
