"""A Chromium for browser tests: the machine's own, else the one of the npm lock file."""

import json
import platform
import shutil
import subprocess
import sys
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
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{home}/fonts</dir>
  <cachedir>{home}/fonts-cache</cachedir>
</fontconfig>
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
    return Path(installed) if installed else packaged_chromium()


def packaged_chromium() -> Path | None:
    """Return the Chromium of the npm lock file, or None where it does not fit this machine."""
    fits = (platform.system(), platform.machine()) == ("Linux", "x86_64")
    if not fits or not PACKAGE.exists():
        return None
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    home = UNPACKED / version
    if not (home / "chromium").exists():
        home.mkdir(parents=True, exist_ok=True)
        _unpack_archive("al2023", home)  # libraries that a bare machine lacks
        _unpack_archive("fonts", home)
        (home / "fonts.conf").write_text(FONTS.format(home=home))
        part = _decompress("chromium", home / "chromium.part")
        part.chmod(0o755)
        part.rename(home / "chromium")
    return home / "chromium"


def launch(playwright, path: Path):
    """Start the headless Chromium at ``path`` under Playwright; the caller closes it."""
    environment = None
    if path.is_relative_to(UNPACKED):
        home = str(path.parent)
        libraries = f"{home}/lib"
        environment = {"HOME": home, "LD_LIBRARY_PATH": libraries, "FONTCONFIG_PATH": home}
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=environment)


def _unpack_archive(name: str, folder: Path) -> None:
    archive = _decompress(f"{name}.tar", folder / f"{name}.tar")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    archive.unlink()


def _decompress(name: str, target: Path) -> Path:
    node = Path(sys.executable).with_name("node")
    source = PACKAGE / "bin" / f"{name}.br"
    subprocess.run([node, "-e", UNPACK, source, target], check=True)
    return target
