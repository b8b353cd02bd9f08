"""Tables of the privacy app."""
