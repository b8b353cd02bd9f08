"""Addresses of the pages of cases."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from cases.web import documents, notes, panels, recognition, tasks
from gsp.web.navigation import Entry, register
from partnerships.roles import Permission

PERSON = "trainees/<uuid:uid>/"

urlpatterns = [
    path(f"{PERSON}documents/new/", documents.DocumentNew.as_view(), name="document-new"),
    path("documents/<uuid:uid>/file/", documents.DocumentFile.as_view(), name="document-file"),
    path("documents/<uuid:uid>/check/", documents.DocumentCheck.as_view(), name="document-check"),
    path(
        "documents/<uuid:uid>/reject/", documents.DocumentReject.as_view(), name="document-reject"
    ),
    path(
        "documents/<uuid:uid>/replace/",
        documents.DocumentReplace.as_view(),
        name="document-replace",
    ),
    path(
        "partnerships/<uuid:uid>/documents/",
        documents.RequirementNew.as_view(),
        name="required-documents",
    ),
    path(
        "required-documents/<uuid:uid>/remove/",
        documents.RequirementEnd.as_view(),
        name="required-document-remove",
    ),
    path(f"{PERSON}recognition/new/", recognition.RecognitionNew.as_view(), name="recognition-new"),
    path(
        "recognition/<uuid:uid>/file/",
        recognition.RecognitionFile.as_view(),
        name="recognition-file",
    ),
    path(
        "recognition/<uuid:uid>/decide/",
        recognition.RecognitionDecide.as_view(),
        name="recognition-decide",
    ),
    path(
        "recognition/<uuid:uid>/appeal/",
        recognition.RecognitionAppeal.as_view(),
        name="recognition-appeal",
    ),
    path(
        "recognition/<uuid:uid>/withdraw/",
        recognition.RecognitionWithdraw.as_view(),
        name="recognition-withdraw",
    ),
    path("deficits/<uuid:uid>/close/", recognition.DeficitClose.as_view(), name="deficit-close"),
    path("tasks/", tasks.TaskList.as_view(), name="tasks"),
    path("tasks/new/", tasks.TaskNew.as_view(), name="task-new"),
    path("tasks/reminders/", tasks.Reminders.as_view(), name="reminders"),
    path("tasks/<uuid:uid>/move/", tasks.TaskMove.as_view(), name="task-move"),
    path("tasks/<uuid:uid>/snooze/", tasks.TaskSnooze.as_view(), name="task-snooze"),
    path(f"{PERSON}tasks/new/", tasks.PersonTaskNew.as_view(), name="person-task-new"),
    path(f"{PERSON}notes/new/", notes.NoteNew.as_view(), name="note-new"),
    path("notes/<uuid:uid>/replace/", notes.NoteReplace.as_view(), name="note-replace"),
    path(f"{PERSON}attempts/new/", notes.AttemptNew.as_view(), name="attempt-new"),
    path(f"{PERSON}channels/new/", notes.ChannelNew.as_view(), name="channel-new"),
    path(f"{PERSON}channels/confirm/", notes.ChannelConfirm.as_view(), name="channel-confirm"),
    path(f"{PERSON}trusted/", notes.TrustEdit.as_view(), name="trusted-contact"),
    path(f"{PERSON}departure/", notes.DepartureEdit.as_view(), name="departure"),
]

register(
    Entry(
        _("Training"),
        _("What waits"),
        "tasks",
        "check2-square",
        Permission.VIEW_TRAINEES,
        27,
        panels.waiting_count,
    )
)
