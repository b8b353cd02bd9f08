"""Certificates as documents and as verifiable credentials, and who may check them."""
