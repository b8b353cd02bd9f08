"""Reads one partnership's night from the tables into the columns of the engine."""
