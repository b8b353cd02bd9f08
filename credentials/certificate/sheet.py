"""An A4 sheet that writes any script it has letters for, in either reading direction."""

import qrcode
from fpdf import FPDF

from credentials.certificate import fonts

WIDTH, HEIGHT, MARGIN = 210, 297, 24  # mm
INK, SOFT, ACCENT, GOLD, PALE = (
    (31, 41, 55), (95, 105, 120), (15, 82, 87), (201, 162, 75), (226, 229, 233),
)  # fmt: skip
SMALLEST = 7.5  # points
LARGER = 1.12  # Naskh looks small beside Latin of the same size
# The library draws letters with vowel signs unjoined; names are the same without them.
VOWEL_SIGNS = dict.fromkeys([*range(0x064B, 0x0653), 0x0670])


class Sheet(FPDF):
    """One page; positions and widths are millimetres from its top left corner."""

    def __init__(self, *, language: str, right_to_left: bool, title: str):
        super().__init__(format="A4")
        self.right_to_left = right_to_left
        self.start, self.end = ("R", "L") if right_to_left else ("L", "R")
        for family, style in fonts.FILES:
            self.add_font(family, style, fonts.path_of(family, style))
        self.set_text_shaping(True)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_lang(language)
        self.add_page()

    def finished(self) -> bytes:
        """Return the PDF and close the typefaces; nothing can be written any more."""
        content = bytes(self.output())
        for font in self.fonts.values():
            font.close()
        return content

    def rule(self, y: float, *, x: float = MARGIN, colour=PALE, thick: float = 0.2) -> None:
        """Draw a line across the page, from ``x`` to as far from the right edge."""
        self.set_draw_color(colour)
        self.set_line_width(thick)
        self.line(x, y, WIDTH - x, y)

    def border(self, inset: float, *, colour, thick: float) -> None:
        """Draw a frame around the page."""
        self.set_draw_color(colour)
        self.set_line_width(thick)
        self.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)

    def band(self, text: str, *, y: float) -> None:
        """Write a warning on a band across the page."""
        self.set_fill_color(252, 231, 200)
        self.rect(12.6, y, WIDTH - 25.2, 9, style="F")
        self.centred(text, y=y + 1, size=10, style="B", colour=(124, 58, 10), height=7)

    def centred(self, text, *, y, size, style="", colour=INK, height=7) -> None:
        """Write a text across the middle of the page, smaller where it would not fit."""
        box = {"x": MARGIN, "y": y, "width": WIDTH - 2 * MARGIN, "height": height}
        self.fitted(text, **box, size=size, style=style, colour=colour, align="C")

    def fitted(self, text, *, x, y, width, size, align, height=5.5, style="", colour=INK) -> None:
        """Write one line into a box: smaller, and then cut, where it is too long."""
        text = self._choose(text, style, size, colour)
        while self.get_string_width(text) > width - 2 and self.font_size_pt > SMALLEST:
            self.set_font_size(self.font_size_pt - 0.5)
        self.set_xy(x, y)
        self.cell(width, height, self._cut(text, width - 2), align=align)

    def wrapped(self, text, *, x, y, width, size, height) -> None:
        """Write up to two lines into a box, from the side where reading starts."""
        text = self._choose(text, "", size, INK)
        lines = self.multi_cell(width, height, text, dry_run=True, output="LINES", align=self.start)
        if len(lines) > 2:
            text = self._cut(text, width * 1.7)
        self.set_xy(x, y)
        self.multi_cell(width, height, text, align=self.start)

    def qr_code(self, text: str, *, x: float, y: float, size: float) -> None:
        """Draw a QR code as shapes, which print sharply at any size."""
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
        code.add_data(text)
        rows = code.get_matrix()
        module = size / len(rows)
        self.set_fill_color(INK)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self.rect(x + across * module, y + down * module, module, module, style="F")

    def _choose(self, text: str, style: str, size: float, colour) -> str:
        """Take the typeface of the text's script, the other one helping out; return the text."""
        arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
        family = fonts.ARABIC if arabic else fonts.LATIN
        self.set_font(family, style, size * LARGER if arabic else size)
        self.set_fallback_fonts([fonts.LATIN if arabic else fonts.ARABIC], exact_match=False)
        self.set_text_color(colour)
        return text.translate(VOWEL_SIGNS)

    def _cut(self, text: str, width: float) -> str:
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"
