"""What is done in the selection app."""
