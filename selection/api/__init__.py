"""API of the selection app."""
