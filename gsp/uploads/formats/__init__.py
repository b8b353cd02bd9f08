"""The kinds of files that hold a list, each read as numbered rows of text."""
