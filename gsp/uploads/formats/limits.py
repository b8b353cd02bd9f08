"""What no honest file goes beyond, so that memory stays bounded before anything is understood."""

LONGEST_ROW = 8 * 1024 * 1024  # bytes of XML
MOST_ROWS, MOST_CELLS = 1_048_576, 16_384  # of a sheet, of a row
MOST_PIECES = 10_000  # of text in one cell
