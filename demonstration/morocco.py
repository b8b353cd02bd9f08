"""Belgium–Morocco: PALIM, information technology for Morocco and Flanders."""

from decimal import Decimal

from demonstration.plan import Body, Intake, Labour, Lesson, Login, Need, Offer, Programme

NOTE = (
    "PALIM, the pilot of Enabel with VDAB and ANAPEC: March 2019 to April 2021, budget "
    "EUR 1,496,448.50, 94.99% of it AMIF (source: migrationpartnershipfacility.eu). 9,677 "
    "applicants, 120 chosen, of them 18% women, coached as 90 home and 30 away (source: Enabel, "
    "project BEL/2337); 7 months of Java, soft skills, English and life in Belgium (sources: "
    "news.belgium.be, etf.europa.eu). Partners as named by Agoria and Enabel. Demonstration: "
    "people, the split over three occupations, employers, their demand, workforce figures, the "
    "second cohort; and PALIM's calendar is moved to the present, so that there is a night to run."
)
LESSONS = (
    Lesson("technical", "Java and web development", 620),
    Lesson("technical", "Soft skills", 60),
    Lesson("language", "English for information technology", 160),
    Lesson("culture", "Life in Belgium", 30, away_only=True),
    Lesson("services", "Commune, health insurance, bank and housing", 16, away_only=True),
)
CENTRE = "centre-casablanca"


def _offer(code, title, occupation):
    return Offer(CENTRE, code, title, occupation, "en", 7, eqf_level=5, lessons=LESSONS)


def _intake(course, code, size, women, home, away, certified, **more):
    return Intake(CENTRE, course, code, "MA", size, women, home, away, -230, -15, -150,
                  (home, away), certified, home_level="B1", away_level="B2", **more)  # fmt: skip


def _need(employer, number, occupation, openings, term, stage, starts, until, wage):
    at_home = employer in ("atlas-digital", "rabat-systems")
    paid = (Decimal(wage), "MAD" if at_home else "EUR", "month")
    return Need(employer, f"MA-{number:03}", occupation, openings, term, stage, starts, until, paid,
                ("en", "B1" if at_home else "B2"))  # fmt: skip


PROGRAMME = Programme(
    agency=("enabel", "Enabel", "BE"),
    time_zone="Europe/Brussels",
    partnership={
        "slug": "belgium-morocco",
        "name": "Belgium–Morocco: PALIM",
        "destination_id": "BE",
        "sectors": ["ict"],
        "agreement_reference": "PALIM, BEL/2337",
        "home_seats": 90,
        "away_seats": 30,
        "home_floor": Decimal("0.750"),
        "note": NOTE,
    },
    origins=("MA",),
    bodies=(
        Body("vdab", "VDAB", "employment_service", "BE", True),
        Body("anapec", "ANAPEC", "employment_service", "MA", True),
        Body("voka", "VOKA", "federation", "BE", True),
        Body("agoria", "Agoria", "federation", "BE", True),
        Body("cgem", "CGEM", "federation", "MA", True),
        Body("apebi", "APEBI", "federation", "MA", True),
        Body("fedasil", "Fedasil", "authority", "BE", True),
        Body("integration-flanders", "Flemish integration agency", "authority", "BE", True),
        Body(CENTRE, "Training centre Casablanca (demonstration)", "training_centre", "MA"),
        Body("scheldt-software", "Scheldt Software (demonstration)", "employer", "BE"),
        Body("leuven-data", "Leuven Data (demonstration)", "employer", "BE"),
        Body("atlas-digital", "Atlas Digital (demonstration)", "employer", "MA"),
        Body("rabat-systems", "Rabat Systems (demonstration)", "employer", "MA"),
    ),
    offers=(
        _offer("JAVA", "Java developer", "2512.4"),
        _offer("WEB", "Web developer", "2513.5"),
        _offer("APPS", "Application developer", "2514.2"),
    ),
    intakes=(
        _intake("JAVA", "PALIM-JAVA", 60, 11, 45, 15, 55, without_consent=3),
        _intake("WEB", "PALIM-WEB", 36, 7, 27, 9, 33, without_consent=2),
        _intake("APPS", "PALIM-APPS", 24, 4, 18, 6, 22),
        Intake(CENTRE, "JAVA", "NEXT-JAVA", "MA", 20, 8, 5, 3, -40, 175, 9, (14, 6),
               home_level="A2", away_level="B1"),
    ),
    needs=(
        _need("scheldt-software", 1, "2512.4", 8, "short", "signed", 20, 200, "3250"),
        _need("scheldt-software", 2, "2513.5", 4, "short", "letter_of_intent", 30, 210, "3100"),
        _need("scheldt-software", 3, "2512.4", 10, "medium", "expressed", 400, 640, "3300"),
        _need("leuven-data", 4, "2512.4", 6, "short", "contract", 15, 160, "3400"),
        _need("leuven-data", 5, "2514.2", 5, "short", "signed", 40, 240, "3200"),
        _need("leuven-data", 6, "2513.5", 3, "medium", "expressed", 380, 600, "3150"),
        _need("atlas-digital", 7, "2512.4", 24, "short", "signed", 10, 180, "9500"),
        _need("atlas-digital", 8, "2513.5", 14, "short", "letter_of_intent", 10, 150, "8200"),
        _need("atlas-digital", 9, "2514.2", 6, "short", "expressed", 3, 18, "8600"),
        _need("rabat-systems", 10, "2512.4", 16, "short", "letter_of_intent", 20, 200, "9100"),
        _need("rabat-systems", 11, "2514.2", 9, "short", "signed", 15, 190, "8800"),
        _need("rabat-systems", 12, "2513.5", 12, "medium", "expressed", 390, 650, "8400"),
    ),
    labour=(
        Labour("anapec", "MA", 0.35, (8700, "MAD"), late=1),
        Labour("vdab", "BE", 0.6, (3350, "EUR")),
    ),
    logins=(
        Login("director@enabel.demo.example", "Liesbeth Maes", "agency_director"),
        Login("officer@enabel.demo.example", "Bram Wouters", "programme_officer"),
        Login("finance@enabel.demo.example", "Camille Renard", "finance_officer"),
        Login("auditor@enabel.demo.example", "Pieter Claes", "auditor"),
        Login("centre@enabel.demo.example", "سناء الفاسي", "centre_coordinator", CENTRE),
        Login("employer@enabel.demo.example", "Tom Verlinden", "employer_recruiter",
              "scheldt-software"),
        Login("hiring@enabel.demo.example", "Karim Sefrioui", "employer_recruiter",
              "atlas-digital"),
        Login("service@enabel.demo.example", "Rachid Ouazzani", "service_analyst", "anapec"),
        Login("adviser@demo.example", "Ines Marchetti", "auditor"),
    ),
    occupations={"2512.4": 52000, "2513.5": 17000, "2514.2": 23000},
)  # fmt: skip
