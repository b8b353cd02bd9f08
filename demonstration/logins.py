"""The one password of all demonstration logins, and the list of them."""

import secrets

from django.conf import settings

from demonstration import kosovo, morocco, pacific
from partnerships.roles import Role

PROGRAMMES = (pacific.PROGRAMME, morocco.PROGRAMME, kosovo.PROGRAMME)
FILE = "demo-logins"


def known_password() -> str | None:
    """Return the password kept in the data folder, or None where there is none."""
    file = settings.DATA_DIR / FILE
    return file.read_text().strip() if file.exists() else None


def new_password() -> str:
    """Invent a password and keep it in the data folder, readable by its owner alone."""
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    file = settings.DATA_DIR / FILE
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(password + "\n")
    return password


def forget_password() -> None:
    """Delete the kept password."""
    (settings.DATA_DIR / FILE).unlink(missing_ok=True)


def emails() -> set[str]:
    """Return the addresses of all demonstration logins."""
    return {login.email for programme in PROGRAMMES for login in programme.logins}


def table(password: str) -> list[str]:
    """Return the lines of the list: agency, desk, role, address, and the password below."""
    head = ("Agency", "Role", "E-mail address", "Desk")
    rows = [head]
    for programme in PROGRAMMES:
        bodies = {body.slug: body.name for body in programme.bodies}
        agency = programme.agency[1]
        rows += [
            (agency, str(Role(login.role).label), login.email, bodies.get(login.organisation, ""))
            for login in programme.logins
        ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths) + "  ----")
    return [*(line.rstrip() for line in lines), "", f"Password of each login: {password}"]
