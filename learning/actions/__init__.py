"""What is done in the learning app."""
