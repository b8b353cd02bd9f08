"""The matching engine: plain Python on arrays, importable alone; see `docs/matching.md`."""
