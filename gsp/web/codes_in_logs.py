"""Keeps the secret codes of public addresses out of the logs."""

import logging
import re

# What stands after these is a code that opens something, to whoever reads it.
CODE = re.compile(r"(/public/[^/\s]+/(?:me|calendar|credentials)/)[^/\s?]+")


class WithoutCodes(logging.Filter):
    """Writes “…” for the code of every public address in a record; lets all records through."""

    def filter(self, record) -> bool:
        """Change the record where it names such an address."""
        message = record.getMessage()
        if CODE.search(message):
            record.msg, record.args = CODE.sub(r"\1…", message), ()
        return True
