"""What an operator does to the catalogue."""
