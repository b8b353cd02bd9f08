"""What is done to runs and proposals."""
