"""API of the cases app."""
