"""Pages of the credentials app."""
