"""Seeded benchmarks; each prints lines of `name value unit`."""
