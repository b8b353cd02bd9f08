"""The columns of a list as a model, and what is wrong in one cell, in plain words."""

import re
from dataclasses import asdict, dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from gsp.workflow import Refused


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell; ``row`` is None where the whole file is meant."""

    row: int | None
    column: str
    value: str
    message: str
    remedy: str

    def as_json(self) -> dict:
        """Return the error as it is kept and shown."""
        return asdict(self)


class RowsRefused(Refused):
    """Some rows are wrong, so none is written; ``errors`` lists them all."""

    def __init__(self, errors: list[RowError]):
        super().__init__(_("Nothing was written."), field="file", code="rows_refused")
        self.errors = errors


class UploadRow(BaseModel):
    """Base of row models: one field a column, its type from ``gsp.uploads.cells``.

    A field's validators may look at ``info.context``, what the purpose's ``begin`` returned, but
    at no other field: each different text of a column is checked once. Checks of a whole row are
    ``model_validator(mode="after")``. The values of ``identifying`` columns are never kept in
    errors.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    identifying: ClassVar[frozenset[str]] = frozenset()

    def given(self) -> dict:
        """Return the columns that this row fills in."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def masked(value: str, message: str) -> str:
    """Return a message without the value of an identifying cell."""
    return re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "…", message) if value else message
