"""What the local workforce looks like: figures that employment services send."""
