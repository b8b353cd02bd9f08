"""What is done in the credentials app."""
