"""What a member sees first: the home page and overviews across the domain."""
