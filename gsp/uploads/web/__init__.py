"""Pages of lists that are sent."""
