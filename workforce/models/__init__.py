"""Tables of the workforce app."""

from workforce.models.figure import Figure

__all__ = ["Figure"]
