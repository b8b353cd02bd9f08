"""Australia–Pacific: courses of APTC in five countries."""

from decimal import Decimal

from demonstration.plan import Body, Intake, Labour, Lesson, Login, Need, Offer, Programme

NOTE = (
    "Courses and 2024 fees of the Australia Pacific Training Coalition in Fiji, Samoa, Vanuatu, "
    "Papua New Guinea and Solomon Islands (source: aptc.edu.au). Cohort AGED-CARE-A is the Fiji "
    "pilot: 40 people, 36 of them women, 12 weeks and a placement of 10 weeks, Certificate III, "
    "PALM jobs of up to four years (source: aptc.edu.au/news). Demonstration: people, the pilot's "
    "dates, the carpenters' cohort of 60 and the cooks, employers, their demand, workforce "
    "figures, the mapping of courses to occupations, seats and home floor."
)
PILOT = (
    Lesson("technical", "Individual support: ageing", 480),
    Lesson("technical", "Placement in a care home", 400),
    Lesson("culture", "Working in Australia", 24, away_only=True),
    Lesson("services", "Superannuation, tax file number, health cover", 12, away_only=True),
)
TITLES = {
    "CPC30220": ("Certificate III in Carpentry", "7115.1", 10),
    "CPC31320": ("Certificate III in Wall and Floor Tiling", "7122.4", 9),
    "AUR30620": ("Certificate III in Light Vehicle Mechanical Technology", "7231.10", 10),
    "CHC33021": ("Certificate III in Individual Support", "5322.1", 6),
    "SIT30821": ("Certificate III in Commercial Cookery", "5120.1", 9),
    "SIT30622": ("Certificate III in Hospitality", "5131.2", 6),
    "SIT30122": ("Certificate III in Tourism", "5113.1", 6),
    "11054NAT": ("Certificate II in Plumbing Services", "7126.8", 6),
}
CAMPUSES = {
    "FJ": "Fiji", "WS": "Samoa", "VU": "Vanuatu", "PG": "Papua New Guinea",
    "SB": "Solomon Islands",
}  # fmt: skip
FEES = {
    "FJ": {"CPC30220": 3500, "CPC31320": 2900, "AUR30620": 3500, "CHC33021": 2100},
    "PG": {"CPC30220": 5200, "AUR30620": 5200, "SIT30821": 6500, "SIT30622": 6500},
    "VU": {"CPC30220": 120000, "SIT30122": 120000},
    "SB": {"CPC30220": 6700},
    "WS": {"SIT30821": 3000, "SIT30622": 2800, "11054NAT": 2500},
}
CURRENCY = {"FJ": "FJD", "PG": "PGK", "VU": "VUV", "SB": "SBD", "WS": "WST"}


def _centre(country):
    return f"aptc-{country.lower()}"


def _offers():
    for country, fees in FEES.items():
        for code, fee in fees.items():
            title, occupation, months = TITLES[code]
            yield Offer(_centre(country), code, title, occupation, "en", months,
                        fee=(fee, CURRENCY[country]), eqf_level=3 if code == "11054NAT" else 4,
                        lessons=PILOT if code == "CHC33021" else (), is_fact=True)  # fmt: skip


def _need(employer, number, occupation, openings, term, stage, starts, until, wage, level="B1"):
    in_australia = employer in ("southern-lights-care", "banksia-homes", "harbour-kitchens")
    paid = (Decimal(wage), "AUD" if in_australia else "FJD", "hour")
    return Need(employer, f"PA-{number:03}", occupation, openings, term, stage, starts, until, paid,
                ("en", level))  # fmt: skip


PROGRAMME = Programme(
    agency=("dfat", "DFAT", "AU"),
    time_zone="Australia/Sydney",
    partnership={
        "slug": "pacific-australia-technical",
        "name": "Pacific–Australia technical",
        "destination_id": "AU",
        "sectors": ["technical", "construction", "health", "hospitality"],
        "agreement_reference": "Demonstration, no agreement signed",
        "home_seats": 80,
        "away_seats": 60,
        "home_floor": Decimal("0.500"),
        "note": NOTE,
    },
    origins=("FJ", "WS", "VU", "PG", "SB"),
    bodies=(
        *(Body(_centre(code), f"APTC {name}", "training_centre", code, True)
          for code, name in CAMPUSES.items()),
        Body("pacific-labour-demo", "Pacific labour market desk (demonstration)",
             "employment_service", "FJ"),
        Body("australia-labour-demo", "Labour market desk Australia (demonstration)",
             "employment_service", "AU"),
        Body("southern-lights-care", "Southern Lights Care (demonstration)", "employer", "AU"),
        Body("banksia-homes", "Banksia Homes (demonstration)", "employer", "AU"),
        Body("harbour-kitchens", "Harbour Kitchens (demonstration)", "employer", "AU",
             is_verified=False),
        Body("viti-builders", "Viti Builders (demonstration)", "employer", "FJ"),
        Body("coral-coast-care", "Coral Coast Care (demonstration)", "employer", "FJ"),
    ),
    offers=tuple(_offers()),
    intakes=(
        Intake("aptc-fj", "CHC33021", "AGED-CARE-A", "FJ", 40, 36, 0, 40, -190, -20, -150,
               (0, 40), certified=38, without_consent=2, away_level="B2"),
        Intake("aptc-fj", "CPC30220", "CARPENTRY-B", "FJ", 60, 3, 47, 9, -280, 25, 8, (48, 12),
               certified=0, without_consent=3, home_level="B1"),
        Intake("aptc-ws", "SIT30821", "COOKERY-C", "WS", 18, 10, 5, 4, -90, 180, 20, (10, 8),
               home_level="B1"),
    ),
    needs=(
        _need("southern-lights-care", 1, "5322.1", 18, "short", "signed", 20, 200, "31.50"),
        _need("southern-lights-care", 2, "5322.1", 14, "short", "contract", 45, 220, "32.10"),
        _need("southern-lights-care", 3, "5322.1", 30, "medium", "expressed", 390, 700, "32.80"),
        _need("banksia-homes", 4, "7115.1", 6, "short", "signed", 40, 260, "36.40"),
        _need("banksia-homes", 5, "7115.1", 12, "medium", "letter_of_intent", 380, 600, "37.00"),
        _need("banksia-homes", 6, "7122.4", 4, "short", "expressed", 30, 180, "35.20"),
        _need("harbour-kitchens", 7, "5120.1", 8, "medium", "expressed", 200, 420, "29.90"),
        _need("viti-builders", 8, "7115.1", 28, "short", "signed", 20, 190, "6.20", "A2"),
        _need("viti-builders", 9, "7115.1", 15, "medium", "letter_of_intent", 370, 620, "6.40",
              "A2"),
        _need("viti-builders", 10, "7126.8", 5, "short", "expressed", 2, 16, "6.10", "A2"),
        _need("coral-coast-care", 11, "5322.1", 9, "short", "letter_of_intent", 20, 150, "5.40",
              "A2"),
        _need("coral-coast-care", 12, "5120.1", 4, "short", "expressed", 60, 240, "5.10", "A2"),
    ),
    labour=(
        Labour("pacific-labour-demo", "FJ", 0.02, (1150, "FJD"), late=1),
        Labour("pacific-labour-demo", "WS", 0.005, (1400, "WST"), late=1),
        Labour("pacific-labour-demo", "VU", 0.006, (62000, "VUV"), late=1),
        Labour("pacific-labour-demo", "PG", 0.08, (2300, "PGK"), late=1),
        Labour("pacific-labour-demo", "SB", 0.01, (3100, "SBD"), late=1),
        Labour("australia-labour-demo", "AU", 1.0, (6100, "AUD")),
    ),
    logins=(
        Login("director@dfat.demo.example", "Alison Whitmore", "agency_director"),
        Login("officer@dfat.demo.example", "Daniel Ferrier", "programme_officer"),
        Login("finance@dfat.demo.example", "Priyanka Mehra", "finance_officer"),
        Login("auditor@dfat.demo.example", "Graham Tolley", "auditor"),
        Login("centre@dfat.demo.example", "Mere Tuivaga", "centre_coordinator", "aptc-fj"),
        Login("employer@dfat.demo.example", "Fiona Carrick", "employer_recruiter",
              "southern-lights-care"),
        Login("hiring@dfat.demo.example", "Josefa Ledua", "employer_recruiter",
              "viti-builders"),
        Login("service@dfat.demo.example", "Ana Vunisa", "service_analyst",
              "pacific-labour-demo"),
    ),
    occupations={"7115.1": 88000, "7122.4": 21000, "7231.10": 96000, "5322.1": 180000,
                 "5120.1": 47000, "5131.2": 130000, "5113.1": 9000, "7126.8": 84000},
)  # fmt: skip
