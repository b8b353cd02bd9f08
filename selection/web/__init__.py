"""Pages of the selection app."""
