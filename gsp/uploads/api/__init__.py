"""Lists over the API."""
