"""Who applied, passed, is shortlisted and was offered a place, by sex, age and region."""

from selection.models import Call
from selection.queries.order import RANKED, order_of, rows_of
from selection.shares import Breakdown, band, broken_down

# How far an application got: a place offered once stays counted. Before the decision, whoever
# would be shortlisted by the scores so far counts as shortlisted.
FURTHEST = {
    "offered": ("place_offered", "accepted", "offer_declined", "offer_expired"),
    "shortlisted": ("shortlisted",),
    "eligible": ("eligible", "assessed", "waitlisted"),
}
COUNTED = f"""
    WITH {RANKED}
    SELECT CASE WHEN a.state = ANY(%(offered)s) THEN 'offered'
                WHEN a.state = ANY(%(shortlisted)s)
                     OR r.place <= CASE WHEN NOT %(split)s THEN %(places)s
                                        WHEN a.track = 'away' THEN %(away)s ELSE %(home)s END
                     THEN 'shortlisted'
                WHEN a.state = ANY(%(eligible)s)
                     OR a.state = 'rejected' AND a.rejection <> 'not_eligible' THEN 'eligible'
                ELSE 'applied' END AS stage,
           p.sex, %(year)s - p.birth_year AS age, p.region, a.disability, count(*)
    FROM selection_application AS a JOIN trainees_person AS p ON p.id = a.person_id
    LEFT JOIN ranked AS r ON r.id = a.id AND r.total >= %(minimum)s
    WHERE a.tenant_id = %(tenant)s AND a.call_id = %(call)s AND a.state <> 'withdrawn'
    GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608  only our own text is put together


def disaggregated(call: Call, *, hides_small: bool = False) -> Breakdown:
    """Return counts and shares at every stage, in one query.

    Ages are those of the year in which the cohort starts.
    """
    asked = order_of(call) | {name: list(states) for name, states in FURTHEST.items()}
    asked |= {"places": call.places, "home": call.home_places, "away": call.away_places}
    asked |= {"year": call.cohort.starts_on.year, "minimum": call.minimum_score or 0}
    said = {True: "yes", False: "no", None: "not_said"}
    counts = []
    for stage, sex, age, region, disability, count in rows_of(COUNTED, call, **asked):
        values = {"sex": sex, "age": band(age), "region": region.strip() or "not_said"}
        if call.asks_disability:
            values["disability"] = said[disability]
        counts.append((stage, values, count))
    return broken_down(counts, hides_small=hides_small)
