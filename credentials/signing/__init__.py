"""Signatures by published standards; knows keys and JSON, neither the database nor a person."""
