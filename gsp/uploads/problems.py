"""The error of one cell, with its remedy, as the types of cells raise it."""

from pydantic_core import PydanticCustomError


def problem(message: str, remedy: str, *, column: str = "") -> PydanticCustomError:
    """Return the error of a cell; ``column`` where a check of the whole row raises it."""
    context = {"message": message, "remedy": remedy, "column": column}
    return PydanticCustomError("cell", "{message}", context)
