"""What is done in the cases app."""
