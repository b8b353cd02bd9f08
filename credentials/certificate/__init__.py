"""The certificate as one printed page, in six languages."""
