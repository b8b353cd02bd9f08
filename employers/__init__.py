"""What employers need: demand, its skills and languages."""
