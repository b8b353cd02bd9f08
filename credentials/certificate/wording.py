"""The fixed words of a certificate, in each language it can be printed in.

They stand here and not among the pages' translations: a certificate is printed in the language
its reader chose, whatever language the desk works in, and its wording is part of the document.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. ``{…}`` is filled in."""

    name: str
    title: str
    confirms: str
    completed: str
    occupation: str
    period: str
    certified: str
    hours: str
    eqf: str
    modules: str
    skills: str
    more: str
    levels: tuple[str, str, str, str]
    issued_by: str
    trained_by: str
    issued: str
    valid_until: str
    check: str
    code: str
    demonstration: str
    right_to_left: bool = False


ENGLISH = Wording(
    name="English",
    title="Certificate",
    confirms="This is to certify that",
    completed="has successfully completed the course",
    occupation="Occupation",
    period="Training",
    certified="Certified on",
    hours="Hours",
    eqf="EQF level",
    modules="Modules",
    skills="Skills",
    more="and {count} more",
    levels=("basic", "intermediate", "advanced", "expert"),
    issued_by="Issued by",
    trained_by="Trained and assessed by",
    issued="Date of issue",
    valid_until="Valid until",
    check="Scan to check this certificate, or enter the code at",
    code="Code",
    demonstration="Demonstration: the person is invented, this certifies nothing",
)
FRENCH = Wording(
    name="Français",
    title="Certificat",
    confirms="Il est certifié que",
    completed="a suivi avec succès la formation",
    occupation="Profession",
    period="Formation",
    certified="Certification du",
    hours="Heures",
    eqf="Niveau CEC",
    modules="Modules",
    skills="Compétences",
    more="et {count} autres",
    levels=("de base", "intermédiaire", "avancé", "expert"),
    issued_by="Délivré par",
    trained_by="Formation et évaluation par",
    issued="Date de délivrance",
    valid_until="Valable jusqu’au",
    check="Scannez pour vérifier ce certificat, ou saisissez le code sur",
    code="Code",
    demonstration="Démonstration : la personne est fictive, ceci ne certifie rien",
)
GERMAN = Wording(
    name="Deutsch",
    title="Zertifikat",
    confirms="Hiermit wird bescheinigt, dass",
    completed="den Lehrgang erfolgreich abgeschlossen hat",
    occupation="Beruf",
    period="Ausbildung",
    certified="Zertifiziert am",
    hours="Stunden",
    eqf="EQR-Niveau",
    modules="Module",
    skills="Fertigkeiten",
    more="und {count} weitere",
    levels=("Grundlagen", "mittel", "fortgeschritten", "Experte"),
    issued_by="Ausgestellt von",
    trained_by="Ausgebildet und geprüft von",
    issued="Ausstellungsdatum",
    valid_until="Gültig bis",
    check="Zum Prüfen scannen oder den Code eingeben unter",
    code="Code",
    demonstration="Vorführung: Die Person ist erfunden, dies bescheinigt nichts",
)
DUTCH = Wording(
    name="Nederlands",
    title="Certificaat",
    confirms="Hierbij wordt verklaard dat",
    completed="met goed gevolg de opleiding heeft afgerond",
    occupation="Beroep",
    period="Opleiding",
    certified="Gecertificeerd op",
    hours="Uren",
    eqf="EQF-niveau",
    modules="Modules",
    skills="Vaardigheden",
    more="en nog {count}",
    levels=("basis", "gemiddeld", "gevorderd", "expert"),
    issued_by="Uitgegeven door",
    trained_by="Opgeleid en beoordeeld door",
    issued="Datum van uitgifte",
    valid_until="Geldig tot",
    check="Scan om dit certificaat te controleren, of voer de code in op",
    code="Code",
    demonstration="Demonstratie: de persoon is verzonnen, dit bewijst niets",
)
ALBANIAN = Wording(
    name="Shqip",
    title="Certifikatë",
    confirms="Vërtetohet se",
    completed="ka përfunduar me sukses kursin",
    occupation="Profesioni",
    period="Trajnimi",
    certified="Certifikuar më",
    hours="Orë",
    eqf="Niveli EQF",
    modules="Modulet",
    skills="Shkathtësitë",
    more="dhe {count} të tjera",
    levels=("bazë", "mesatar", "i avancuar", "ekspert"),
    issued_by="Lëshuar nga",
    trained_by="Trajnuar dhe vlerësuar nga",
    issued="Data e lëshimit",
    valid_until="E vlefshme deri më",
    check="Skanoni për ta verifikuar këtë certifikatë, ose shkruani kodin në",
    code="Kodi",
    demonstration="Demonstrim: personi është i sajuar, kjo nuk vërteton asgjë",
)
ARABIC = Wording(
    name="العربية",
    title="شهادة",
    confirms="تشهد هذه الوثيقة بأن",
    completed="قد أتم بنجاح الدورة التدريبية",
    occupation="المهنة",
    period="فترة التدريب",
    certified="تاريخ الاعتماد",
    hours="عدد الساعات",
    eqf="مستوى EQF",
    modules="الوحدات",
    skills="المهارات",
    more="و{count} أخرى",
    levels=("أساسي", "متوسط", "متقدم", "خبير"),
    issued_by="جهة الإصدار",
    trained_by="جهة التدريب والتقييم",
    issued="تاريخ الإصدار",
    valid_until="صالحة حتى",
    check="امسح الرمز للتحقق من هذه الشهادة، أو أدخل الرمز في",
    code="الرمز",
    demonstration="عرض توضيحي: الشخص غير حقيقي، ولا تثبت هذه الوثيقة شيئًا",
    right_to_left=True,
)

WORDINGS = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "nl": DUTCH,
    "sq": ALBANIAN,
    "ar": ARABIC,
}
