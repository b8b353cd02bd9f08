"""The layout of the ESCO download and how its rows become ours."""
