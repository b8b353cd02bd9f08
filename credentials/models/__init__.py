"""Tables of the credentials app."""
