"""Words that people write in lists for our codes, in the languages of the headings."""

# English, French, German, Dutch, Albanian, Arabic. A letter stands here only if it means one thing
# in all of them.
SEX = {
    "female": (
        *("f", "woman", "girl"),
        *("femme", "féminin", "feminin", "fille"),
        *("w", "weiblich", "frau"),
        *("v", "vrouw", "vrouwelijk"),
        *("femër", "femer", "grua"),
        *("أنثى", "انثى", "امرأة"),
    ),
    "male": (
        *("m", "man", "boy"),
        *("h", "homme", "masculin", "garçon"),
        *("männlich", "mann", "herr"),
        *("mannelijk",),
        *("mashkull", "burrë"),
        *("ذكر", "رجل"),
    ),
    "other": ("x", "d", "divers", "autre", "anders", "tjetër", "آخر"),
    "unknown": (
        *("not stated", "not known", "n/a"),
        *("inconnu", "non précisé"),
        *("unbekannt", "keine angabe"),
        *("onbekend",),
        *("e panjohur",),
        *("غير معروف",),
    ),
}
