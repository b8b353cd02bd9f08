"""A person's data as a PDF that people can read, in the reader's language."""

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from credentials.certificate.fonts import ARABIC, LATIN, path_of
from gsp.web.formats import moment

MARGIN = 18  # millimetres
SMALL, NORMAL, HEADING, TITLE = 8, 10, 13, 18  # points
TERM = 60  # millimetres of the column of labels
GREY = 90


def pdf(person, parts, disclosures, *, at) -> bytes:
    """Return the PDF: every part of ``privacy.queries.held_on``, then the disclosures."""
    page = _Report(str(person.uid), moment(at))
    page.opening(_("Data held on %(person)s") % {"person": person})
    for part in parts:
        page.heading(part.name)
        for row in part.rows:
            for one in row:
                if one.for_people:
                    page.fact(one.label, one.text)
            page.ln(3)
    page.heading(_("Shown to others"))
    for one in disclosures:
        page.fact(moment(one.at), f"{one.to}: {one.what}")
    if not disclosures:
        page.fact(_("Nobody"), "–")
    return bytes(page.output())


class _Report(FPDF):
    """An A4 document with the agency's neutral look; right-to-left where the language is."""

    def __init__(self, reference: str, made: str):
        super().__init__(format="A4")
        self.foot = f"{reference} · {made}"
        self.align = "R" if get_language_bidi() else "L"
        self.set_lang(get_language() or "en")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        for family in (LATIN, ARABIC):
            for style in ("", "B"):
                self.add_font(family, style, path_of(family, style))
        self.set_fallback_fonts([ARABIC, LATIN])
        self.add_page()
        self.set_text_shaping(True)

    def opening(self, text: str) -> None:
        """Write the first line."""
        self._line(text, TITLE, "B")
        self.ln(4)

    def heading(self, text: str) -> None:
        """Write the name of a part, never alone at the end of a page."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(3)
        self._line(text[:1].upper() + text[1:], HEADING, "B")
        self.ln(1)

    def fact(self, label: str, text: str) -> None:
        """Write a label and, beside it, its value."""
        if self.will_page_break(NORMAL):
            self.add_page()
        page, top, wide = self.page_no(), self.get_y(), self.epw - TERM
        label_at, text_at = (wide, 0) if self.align == "R" else (0, TERM)
        self.set_text_color(GREY)
        self._cell(label_at, TERM, label[:1].upper() + label[1:], top)
        foot = self.get_y()
        self.set_text_color(0)
        self._cell(text_at, wide, text, top)
        if self.page_no() == page:
            self.set_y(max(foot, self.get_y()))

    def _cell(self, at: float, width: float, text: str, top: float) -> None:
        self.set_xy(self.l_margin + at, top)
        self.set_font(LATIN, "", NORMAL)
        self.multi_cell(
            width, NORMAL * 0.5, text, align=self.align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _line(self, text: str, size: int, style: str = "") -> None:
        self.set_font(LATIN, style, size)
        self.multi_cell(0, size * 0.5, text, align=self.align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def footer(self):
        """Write identifier, moment and page at the foot."""
        self.set_y(-MARGIN + 4)
        self.set_font(LATIN, "", SMALL)
        self.set_text_color(GREY)
        self.cell(0, 4, f"{self.foot} · {self.page_no()}", align="C")
        self.set_text_color(0)
