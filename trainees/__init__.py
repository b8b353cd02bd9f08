"""Who is trained: persons, their enrolments, skills, languages and tracks."""
