"""Files that people send: read once, checked row by row, answered in the same words everywhere."""
