"""A Chromium for browser tests: the machine's own, else the one of the npm lock file."""

import os
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path

from django.conf import settings

PACKAGE = Path(settings.BASE_DIR) / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = Path(settings.BASE_DIR) / ".data" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACK = """
const { pipeline } = require("stream/promises"), fs = require("fs"), zlib = require("zlib");
const [from, to] = process.argv.slice(1);
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to))
  .catch((error) => { console.error(error.message); process.exit(1); });
"""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-zygote",
]


def chromium_path() -> Path | None:
    """Return an executable Chromium, unpacked on the first call, or None where there is none."""
    installed = next((found for name in NAMES if (found := shutil.which(name))), None)
    if installed:
        return Path(installed)
    packed = PACKAGE / "bin" / "chromium.br"
    if not packed.exists() or (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    return _unpacked()


def launch(playwright):
    """Start a headless Chromium under a ``sync_playwright()`` object; the caller closes it."""
    path = chromium_path()
    environment = {**os.environ}
    if path.is_relative_to(UNPACKED):
        # Libraries and fonts that a bare machine lacks come with the package.
        libraries = [str(path.parent / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
        environment["LD_LIBRARY_PATH"] = ":".join(filter(None, libraries))
        environment["FONTCONFIG_PATH"] = str(path.parent)
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=environment)


def _unpacked() -> Path:
    home = UNPACKED / (PACKAGE / "package.json").stat().st_mtime_ns.__str__()
    program = home / "chromium"
    if program.exists():
        return program
    shutil.rmtree(UNPACKED, ignore_errors=True)
    home.mkdir(parents=True)
    for name, folder in (("al2023", home / "lib"), ("fonts", home)):
        archive = home / f"{name}.tar"
        _decompress(PACKAGE / "bin" / f"{name}.tar.br", archive)
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        archive.unlink()
    part = home / "chromium.part"
    _decompress(PACKAGE / "bin" / "chromium.br", part)
    part.chmod(0o755)
    return part.rename(program)


def _decompress(source: Path, target: Path) -> None:
    node = shutil.which("node")
    subprocess.run([node, "-e", UNPACK, str(source), str(target)], check=True)
