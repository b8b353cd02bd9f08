"""API of the privacy app."""
