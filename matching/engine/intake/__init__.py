"""The ways into an Instance: columns for large nights, dataclasses for small ones."""
