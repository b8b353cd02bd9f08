"""API of the learning app."""
