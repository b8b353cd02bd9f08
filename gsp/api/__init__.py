"""The base of the REST API: who calls, what they may, pages, and errors that say what to do."""
