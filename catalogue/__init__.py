"""Classifications shared by every tenant: occupations, skills, countries, languages, currencies."""
