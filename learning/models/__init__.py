"""Tables of the learning app."""
