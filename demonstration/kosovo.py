"""Germany–Kosovo: the bricklayer design of GIZ's YES project, as a blueprint."""

from decimal import Decimal

from demonstration.plan import Body, Intake, Labour, Lesson, Login, Need, Offer, Programme

NOTE = (
    "Blueprint. Design of the YES project of GIZ in Kosovo: bricklayers trained for 36 months "
    "after the German model, home exit after 24 months, 15 in-company trainers; funding 60% BMZ "
    "(sources: gsp.cgdev.org, 7 July 2021; map.gsp.cgdev.org; zwh.de). The Center for Global "
    "Development writes that the partnership's elements were not implemented, because the gap "
    "between the qualifications was too wide. Partners as named by bibb.de and zwh.de. "
    "Demonstration: people, the cohorts, employers, their demand, workforce figures, the other "
    "five trades, and 20% each from Bavaria and the employers."
)
INTEGRATION = (
    Lesson("technical", "Masonry, concrete and plaster", 1400),
    Lesson("technical", "Reading of plans and setting out", 220),
    Lesson("language", "German for the building site, to B1", 480, away_only=True),
    Lesson("culture", "Living and working in Bavaria", 40, away_only=True),
    Lesson("services", "Health insurance, bank, housing, registration", 24, away_only=True),
)
CENTRE = "skenderaj"


def _offer(code, title, occupation, months=36, lessons=()):
    return Offer(CENTRE, code, title, occupation, "sq", months, eqf_level=4, lessons=lessons)


def _need(employer, number, occupation, openings, term, stage, starts, until, wage, **more):
    at_home = employer in ("ndertimi-drenica", "graniti")
    currency = ("EUR", "month")
    language = None if at_home else more.pop("language", ("de", "B1"))
    return Need(employer, f"XK-{number:03}", occupation, openings, term, stage, starts, until,
                (Decimal(wage), *currency), language, **more)  # fmt: skip


PROGRAMME = Programme(
    agency=("giz", "GIZ", "DE"),
    time_zone="Europe/Berlin",
    partnership={
        "slug": "germany-kosovo",
        "name": "Germany–Kosovo: construction (blueprint)",
        "destination_id": "DE",
        "sectors": ["construction"],
        "agreement_reference": "Blueprint, no agreement signed",
        "home_seats": 36,
        "away_seats": 24,
        "home_floor": Decimal("0.500"),
        "note": NOTE,
    },
    origins=("XK",),
    bodies=(
        Body("eark", "EARK – Employment Agency of the Republic of Kosovo",
             "employment_service", "XK", True),
        Body("avetae", "AVETAE – Agency for Vocational Education, Training and Adult Education",
             "authority", "XK", True),
        Body("lbb", "LBB – Landesverband Bayerischer Bauinnungen", "federation", "DE", True),
        Body(CENTRE, "Training centre Skenderaj", "training_centre", "XK", True),
        Body("hwk-muenchen", "Handwerkskammer für München und Oberbayern",
             "federation", "DE", True),
        Body("zwh", "ZWH – Zentralstelle für die Weiterbildung im Handwerk",
             "federation", "DE", True),
        Body("arbeitsmarkt-demo", "Labour market desk Germany (demonstration)",
             "employment_service", "DE"),
        Body("isar-bau", "Isar Bau (demonstration)", "employer", "DE"),
        Body("alpenland-hochbau", "Alpenland Hochbau (demonstration)", "employer", "DE"),
        Body("donau-ausbau", "Donau Ausbau (demonstration)", "employer", "DE", is_verified=False),
        Body("ndertimi-drenica", "Ndërtimi Drenica (demonstration)", "employer", "XK"),
        Body("graniti", "Graniti Prishtinë (demonstration)", "employer", "XK"),
    ),
    offers=(
        Offer(CENTRE, "MAURER", "Bricklayer, German model", "7112.1", "sq", 36, eqf_level=4,
              lessons=INTEGRATION, is_fact=True),
        _offer("BETON", "Concrete finisher (demonstration)", "7114.1"),
        _offer("ZIMMERER", "Carpenter (demonstration)", "7115.1"),
        _offer("FLIESEN", "Tile fitter (demonstration)", "7122.4"),
        _offer("ANLAGEN", "Plumber (demonstration)", "7126.8", lessons=INTEGRATION[2:]),
        _offer("ELEKTRO", "Electrician (demonstration)", "7411.1"),
    ),
    intakes=(
        Intake(CENTRE, "MAURER", "MAURER-30", "XK", 30, 1, 15, 15, -770, 160, -400, (15, 15),
               certified=12, fallen_back=6, without_consent=2, language="de", home_level="A1"),
        Intake(CENTRE, "ANLAGEN", "ANLAGEN-16", "XK", 16, 2, 4, 3, -120, 960, 12, (9, 7),
               language="de", home_level="A1", away_level="A2"),
    ),
    needs=(
        _need("isar-bau", 1, "7112.1", 6, "short", "signed", 30, 240, "2950", region="Bayern"),
        _need("isar-bau", 2, "7112.1", 4, "medium", "letter_of_intent", 380, 620, "3050"),
        _need("alpenland-hochbau", 3, "7112.1", 5, "short", "contract", 20, 200, "3010"),
        _need("alpenland-hochbau", 4, "7115.1", 4, "medium", "expressed", 400, 700, "3000"),
        _need("alpenland-hochbau", 5, "7411.1", 3, "short", "expressed", 40, 210, "3100",
              language=("de", "B2")),
        _need("donau-ausbau", 6, "7112.1", 2, "short", "expressed", 25, 180, "2800"),
        _need("donau-ausbau", 7, "7126.8", 3, "medium", "letter_of_intent", 500, 900, "2980"),
        _need("ndertimi-drenica", 8, "7112.1", 7, "short", "signed", 15, 150, "640"),
        _need("ndertimi-drenica", 9, "7115.1", 3, "short", "expressed", 5, 21, "620"),
        _need("graniti", 10, "7112.1", 4, "short", "letter_of_intent", 30, 300, "610"),
        _need("graniti", 11, "7122.4", 4, "short", "expressed", 20, 160, "580"),
        _need("graniti", 12, "7126.8", 5, "medium", "signed", 390, 980, "650"),
    ),
    labour=(
        Labour("eark", "XK", 0.03, (560, "EUR"), late=1),
        Labour("arbeitsmarkt-demo", "DE", 1.0, (2980, "EUR")),
    ),
    logins=(
        Login("director@giz.demo.example", "Katrin Albers", "agency_director"),
        Login("officer@giz.demo.example", "Jonas Reinhold", "programme_officer"),
        Login("finance@giz.demo.example", "Mara Lindner", "finance_officer"),
        Login("auditor@giz.demo.example", "Henrik Voss", "auditor"),
        Login("centre@giz.demo.example", "Teuta Maliqi", "centre_coordinator", CENTRE),
        Login("employer@giz.demo.example", "Anton Brandl", "employer_recruiter", "isar-bau"),
        Login("hiring@giz.demo.example", "Luan Dërguti", "employer_recruiter",
              "ndertimi-drenica"),
        Login("service@giz.demo.example", "Merita Osmani", "service_analyst", "eark"),
        Login("adviser@demo.example", "Ines Marchetti", "programme_officer"),
        Login("adviser@demo.example", "Ines Marchetti", "centre_coordinator", CENTRE),
    ),
    occupations={"7112.1": 41000, "7114.1": 18000, "7115.1": 36000, "7122.4": 22000,
                 "7126.8": 64000, "7411.1": 98000},
)  # fmt: skip
