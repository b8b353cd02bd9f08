"""Whether two records are one person: plain Python, explained signal by signal."""
