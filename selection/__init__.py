"""Calls for applications, scoring, shortlists and offers of places."""
