"""The kinds of list that a class sends: attendance, results, language tests."""

from learning.lists import attendance, languages, results  # noqa: F401  each registers itself
