"""Who may do what: one list of permissions, one table of roles. Read it aloud.

A permission says what; the row security of the database says on which rows. Both must agree
before anything is written.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    """Everything a member can be allowed to do."""

    VIEW_PARTNERSHIPS = "view_partnerships", _("see partnerships and their terms")
    EDIT_PARTNERSHIPS = "edit_partnerships", _("change partnerships and who takes part")
    VIEW_ORGANISATIONS = "view_organisations", _("see the organisations of the agency")
    EDIT_ORGANISATIONS = "edit_organisations", _("register and verify organisations")
    VIEW_MEMBERS = "view_members", _("see members and their roles")
    EDIT_MEMBERS = "edit_members", _("invite members, give and take roles")
    VIEW_TRAINING = "view_training", _("see courses and cohorts")
    EDIT_TRAINING = "edit_training", _("plan courses and cohorts")
    VIEW_TRAINEES = "view_trainees", _("see trainees and their cases")
    UPLOAD_TRAINEES = "upload_trainees", _("upload and change trainees")
    DECIDE_TRACK = "decide_track", _("record a trainee's track")
    MANAGE_SELECTION = "manage_selection", _("run calls, shortlists and offers of places")
    SCORE_APPLICATIONS = "score_applications", _("score applications")
    RECORD_ATTENDANCE = "record_attendance", _("plan sessions and record attendance")
    RECORD_ASSESSMENTS = "record_assessments", _("record assessments and language results")
    ISSUE_CREDENTIALS = "issue_credentials", _("issue and revoke certificates")
    MANAGE_KEYS = "manage_keys", _("see and rotate the keys that sign certificates")
    VIEW_DOCUMENTS = "view_documents", _("open documents of trainees")
    EDIT_CASES = "edit_cases", _("change cases: documents, recognition, contacts, tasks")
    WRITE_NOTES = "write_notes", _("write notes in cases")
    REVIEW_DUPLICATES = "review_duplicates", _("merge or separate cases of one person")
    MANAGE_PRIVACY = "manage_privacy", _("answer requests, erase, set how long data is kept")
    EXPORT_PERSON = "export_person", _("export all data of a person")
    VIEW_UPLOADS = "view_uploads", _("see lists that were sent")
    SEND_UPLOADS = "send_uploads", _("send lists, confirm and discard them")
    VIEW_DEMAND = "view_demand", _("see employers' demand")
    EDIT_DEMAND = "edit_demand", _("state, change and withdraw demand")
    VIEW_WORKFORCE = "view_workforce", _("see workforce figures")
    SEND_WORKFORCE = "send_workforce", _("send workforce figures")
    VIEW_GAPS = "view_gaps", _("see gaps and nightly runs")
    RUN_MATCHING = "run_matching", _("start a run now")
    VIEW_PROPOSALS = "view_proposals", _("see proposals and their reasons")
    ANSWER_PROPOSALS = "answer_proposals", _("accept or decline a proposal")
    VIEW_AUDIT = "view_audit", _("see who changed what")
    MANAGE_CLIENTS = "manage_clients", _("manage machine clients")


class Role(TextChoices):
    """What a member is at one desk."""

    AGENCY_DIRECTOR = "agency_director", _("Agency director")
    PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
    FINANCE_OFFICER = "finance_officer", _("Finance officer")
    AUDITOR = "auditor", _("Auditor (reads only)")
    CENTRE_COORDINATOR = "centre_coordinator", _("Centre coordinator")
    EMPLOYER_RECRUITER = "employer_recruiter", _("Employer recruiter")
    SERVICE_ANALYST = "service_analyst", _("Employment service analyst")


P = Permission

_READS = {
    P.VIEW_PARTNERSHIPS,
    P.VIEW_ORGANISATIONS,
    P.VIEW_MEMBERS,
    P.VIEW_TRAINING,
    P.VIEW_TRAINEES,
    P.VIEW_DOCUMENTS,
    P.VIEW_UPLOADS,
    P.VIEW_DEMAND,
    P.VIEW_WORKFORCE,
    P.VIEW_GAPS,
    P.VIEW_PROPOSALS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # --- at the agency's own desk ---
    Role.AGENCY_DIRECTOR: frozenset(P),
    Role.PROGRAMME_OFFICER: frozenset(P) - {P.EDIT_MEMBERS, P.MANAGE_CLIENTS, P.MANAGE_KEYS},
    Role.FINANCE_OFFICER: frozenset(
        {P.VIEW_PARTNERSHIPS, P.VIEW_ORGANISATIONS, P.VIEW_TRAINING, P.VIEW_DEMAND, P.VIEW_GAPS}
    ),
    Role.AUDITOR: frozenset(_READS | {P.VIEW_AUDIT}),
    # --- at the desk of one organisation ---
    Role.CENTRE_COORDINATOR: frozenset(
        {
            P.VIEW_PARTNERSHIPS,
            P.VIEW_TRAINING,
            P.EDIT_TRAINING,
            P.VIEW_TRAINEES,
            P.UPLOAD_TRAINEES,
            P.VIEW_UPLOADS,
            P.SEND_UPLOADS,
            P.DECIDE_TRACK,
            P.MANAGE_SELECTION,
            P.SCORE_APPLICATIONS,
            P.RECORD_ATTENDANCE,
            P.RECORD_ASSESSMENTS,
            P.ISSUE_CREDENTIALS,
            P.VIEW_DOCUMENTS,
            P.EDIT_CASES,
            P.WRITE_NOTES,
            P.REVIEW_DUPLICATES,
            P.EXPORT_PERSON,
            P.VIEW_PROPOSALS,
            P.VIEW_GAPS,
        }
    ),
    Role.EMPLOYER_RECRUITER: frozenset(
        {
            P.VIEW_PARTNERSHIPS,
            P.VIEW_DEMAND,
            P.EDIT_DEMAND,
            P.VIEW_PROPOSALS,
            P.ANSWER_PROPOSALS,
        }
    ),
    Role.SERVICE_ANALYST: frozenset(
        {
            P.VIEW_PARTNERSHIPS,
            P.VIEW_WORKFORCE,
            P.SEND_WORKFORCE,
            P.VIEW_UPLOADS,
            P.SEND_UPLOADS,
            P.VIEW_GAPS,
        }
    ),
}

STAFF_ROLES = frozenset(
    {Role.AGENCY_DIRECTOR, Role.PROGRAMME_OFFICER, Role.FINANCE_OFFICER, Role.AUDITOR}
)

# What a machine client of the agency itself may be.
MACHINE_ROLES = (Role.AUDITOR, Role.PROGRAMME_OFFICER)

# Which kinds of organisation a role may be held in (values of Organisation.Kind).
ROLE_OF_KIND: dict[str, Role] = {
    "training_centre": Role.CENTRE_COORDINATOR,
    "employer": Role.EMPLOYER_RECRUITER,
    "employment_service": Role.SERVICE_ANALYST,
}


@dataclass(frozen=True, slots=True)
class System:
    """The platform itself as the one who acts: the night, a sweep, the demonstration."""

    name: str

    def may(self, permission: Permission) -> bool:
        """Return True: the clock's work was allowed when it was written."""
        return True
