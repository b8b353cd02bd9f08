"""What the night works out: gaps, proposals, and why."""
