"""``make bench``: every figure as a line ``name value unit``, in a database of its own."""

import os
import sys

import django

PARTS = ("esco", "night", "page", "duplicates", "selection", "uploads")


def main(wanted: list[str]) -> None:
    """Run the named parts, or all of them; the night uses the catalogue the import leaves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.development")
    django.setup()
    from benchmarks import duplicates, esco, night, page, selection, uploads
    from tests.database import fresh_database

    parts = wanted or list(PARTS)
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {PARTS}")
    with fresh_database("bench_gsp") as owner_url:
        if "esco" in parts or "night" in parts:
            esco.run(owner_url)
        if "night" in parts:
            night.run()
        if "page" in parts:
            page.run(owner_url)
        if "duplicates" in parts:
            duplicates.run(owner_url)
        if "uploads" in parts:
            uploads.run(owner_url)
        if "selection" in parts:
            selection.run()


if __name__ == "__main__":
    main(sys.argv[1:])
