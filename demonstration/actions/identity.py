"""Builds what a comparison finds: one trainee entered twice, once in another script."""

from demonstration.site import Site
from trainees.duplicates.index import index_missing
from trainees.duplicates.sweep import compare_now
from trainees.models import Enrolment, Person

# The Serbian letters of the sounds that the invented names are made of.
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхијклмнопћрстувџксз", strict=False))
KEPT = ("birth_date", "birth_year", "sex", "country_id", "region", "centre_id")


def build_doubles(site: Site) -> None:
    """Make every person searchable and enter one of the newest again; once is enough."""
    index_missing()
    newest = Enrolment.objects.filter(cohort__partnership=site.partnership).order_by("-id")
    found = newest.select_related("person").first()
    if found is None:
        return
    reference = f"{found.person.reference}-2"
    if not Person.objects.filter(centre=found.person.centre_id, reference=reference).exists():
        compare_now([_again(found.person, reference).pk], at=site.at)


def _again(person: Person, reference: str) -> Person:
    return Person.objects.create(
        reference=reference,
        given_name=_in_cyrillic(person.given_name),
        family_name=_in_cyrillic(person.family_name),
        is_demonstration=True,
        **{name: getattr(person, name) for name in KEPT},
    )


def _in_cyrillic(name: str) -> str:
    return "".join(LETTERS.get(letter, letter) for letter in name.lower()).title()
