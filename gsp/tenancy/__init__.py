"""The two walls: every row belongs to an agency and shows itself to named organisations."""
