"""What is done with a list: receive, examine, decide, apply, hand back."""
