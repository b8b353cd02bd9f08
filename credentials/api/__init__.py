"""API of the credentials app."""
