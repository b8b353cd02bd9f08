"""The headings of selection's lists in every language: first the one we write, then others."""

from gsp.uploads.mapping import Headings
from trainees.headings import HEADINGS

SHARED = (
    "reference",
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "country",
    "region",
    "document_number",
    "email",
    "phone",
    "track",
)
APPLICATIONS: Headings = {name: HEADINGS[name] for name in SHARED} | {
    "education": {
        "en": ("Education", "EQF level", "Education level"),
        "fr": ("Formation", "Niveau d'études", "Niveau CEC"),
        "de": ("Bildung", "EQR-Niveau", "Bildungsstand"),
        "nl": ("Opleiding", "EQF-niveau", "Opleidingsniveau"),
        "sq": ("Arsimi", "Niveli i arsimit"),
        "ar": ("التعليم", "المستوى التعليمي"),
    },
    "employment": {
        "en": ("Employment", "Employment status"),
        "fr": ("Emploi", "Situation professionnelle"),
        "de": ("Beschäftigung", "Erwerbsstatus"),
        "nl": ("Werk", "Arbeidsstatus"),
        "sq": ("Punësimi", "Statusi i punësimit"),
        "ar": ("العمل", "الحالة المهنية"),
    },
    "experience": {
        "en": ("Years of work", "Experience", "Work experience"),
        "fr": ("Années de travail", "Expérience"),
        "de": ("Berufsjahre", "Berufserfahrung"),
        "nl": ("Jaren werk", "Werkervaring"),
        "sq": ("Vite pune", "Përvoja"),
        "ar": ("سنوات العمل", "الخبرة"),
    },
    "languages": {
        "en": ("Languages", "Language skills"),
        "fr": ("Langues",),
        "de": ("Sprachen", "Sprachkenntnisse"),
        "nl": ("Talen", "Taalkennis"),
        "sq": ("Gjuhët",),
        "ar": ("اللغات",),
    },
}
SCORES: Headings = {
    "reference": HEADINGS["reference"],
    "criterion": {
        "en": ("Criterion", "Criterion code"),
        "fr": ("Critère",),
        "de": ("Kriterium",),
        "nl": ("Criterium",),
        "sq": ("Kriteri",),
        "ar": ("المعيار",),
    },
    "points": {
        "en": ("Points", "Score", "Mark"),
        "fr": ("Points", "Note"),
        "de": ("Punkte", "Wertung"),
        "nl": ("Punten", "Score"),
        "sq": ("Pikët",),
        "ar": ("النقاط", "الدرجة"),
    },
    "comment": {
        "en": ("Comment", "Remark"),
        "fr": ("Commentaire", "Remarque"),
        "de": ("Bemerkung", "Kommentar"),
        "nl": ("Opmerking",),
        "sq": ("Koment",),
        "ar": ("تعليق", "ملاحظة"),
    },
}
