"""What is done in the privacy app."""
