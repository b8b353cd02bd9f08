"""The one error that a person at the command line is meant to read."""


class Refusal(Exception):  # noqa: N818 - nothing went wrong, it says no
    """The launcher cannot go on; the message is one sentence and says what to do."""
