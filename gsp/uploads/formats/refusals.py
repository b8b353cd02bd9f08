"""Why a file cannot be used, in words, each with what to send instead."""

from django.utils.translation import gettext as _

from gsp.uploads.sheet import MAX_COLUMNS, MAX_ROWS, Unreadable


def empty() -> Unreadable:
    """Return the refusal of a file without text."""
    return Unreadable(_("The file is empty."), _("Start from the template."), code="empty")


def broken() -> Unreadable:
    """Return the refusal of a workbook that cannot be read."""
    return Unreadable(
        _("This workbook is damaged."),
        _("Open it, save it as XLSX under a new name and send that file."),
        code="broken_workbook",
    )


def protected() -> Unreadable:
    """Return the refusal of an encrypted workbook."""
    return Unreadable(
        _("This workbook is protected by a password."),
        _("Open it, take the password away, save it as XLSX and send it again."),
        code="protected",
    )


def has_macros() -> Unreadable:
    """Return the refusal of a workbook that brings programs along."""
    return Unreadable(
        _("This workbook contains macros, or is of a kind that may."),
        _("Save it as XLSX, without macros, and send it again."),
        code="macros",
    )


def bomb() -> Unreadable:
    """Return the refusal of an archive that holds far more than it seems to."""
    return Unreadable(
        _("Unpacked, this file would be too large."),
        _("Copy the list into a new workbook, or send it as CSV."),
        code="zip_bomb",
    )


def wrong_type(message: str, remedy: str) -> Unreadable:
    """Return the refusal of a file that is something else."""
    return Unreadable(message, remedy, code="wrong_type")


def too_large() -> Unreadable:
    """Return the refusal of a list that is too long or too wide."""
    return Unreadable(
        _("This list is too large: at most %(rows)s rows and %(columns)s columns.")
        % {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS},
        _("Divide it, and take away what lies far below or beside the list."),
        code="too_large",
    )


def check_size(*, rows: int, columns: int) -> None:
    """Refuse a table that is too long or too wide.

    Raises:
        Unreadable: more than 100,000 rows or 200 columns.

    """
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise too_large()
