"""Cases over the API: read whole; documents, notes and tasks written."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from cases import queries
from cases.actions import documents, notes, tasks
from cases.api import serializers as shapes
from cases.download import file_answer
from cases.models import Note, Task
from cases.states import TaskState
from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from gsp.audit.models import note_looks
from partnerships.roles import Permission
from trainees.models import Person
from trainees.queries import enrolments
from trainees.records import records_of

MOVES = {
    TaskState.DONE: tasks.done,
    TaskState.DROPPED: tasks.drop,
    TaskState.OPEN: tasks.reopen,
}


class CaseViewSet(DeskViewSet):
    """One person's case, by the person's uid; every reading is noted."""

    queryset = Person.objects.select_related("centre")
    serializer_class = shapes.CaseSerializer
    permissions = {"retrieve": Permission.VIEW_TRAINEES}

    @extend_schema(summary="Read a case", responses=shapes.CaseSerializer)
    def retrieve(self, request, uid=None):
        """Return checklist, clocks, documents, recognition and open tasks."""
        person = self.get_object()
        records = records_of(person)
        note_looks(records, at=timezone.now())
        today = timezone.localdate()
        rows = enrolments().filter(person__in=records).order_by("-enrolled_on", "-id")
        outlook = queries.outlook(records, list(rows), today=today)
        shown = {
            "uid": person.uid,
            "reference": person.reference,
            "departs_on": outlook.departs_on,
            "checklist": outlook.checklist,
            "clocks": outlook.clocks,
            "documents": queries.documents().filter(person__in=records),
            "recognitions": queries.recognitions().filter(person__in=records),
            "tasks": queries.tasks().open().filter(person__in=records),
        }
        return Response(self.get_serializer(shown).data)


class CaseDocumentViewSet(DeskViewSet):
    """Documents handed in for a person."""

    queryset = Person.objects.select_related("centre")
    serializer_class = shapes.DocumentSerializer
    parser_classes = [MultiPartParser]
    permissions = {"create": Permission.EDIT_CASES}

    @extend_schema(
        summary="Hand in a document",
        request={"multipart/form-data": shapes.DocumentSent},
        responses={201: shapes.DocumentSerializer},
    )
    def create(self, request, uid=None):
        """Keep the file, or answer 422 saying what would do."""
        person = get_object_or_404(self.get_queryset(), uid=uid)
        sent = shapes.DocumentSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        file = facts.pop("file")
        row = documents.receive(
            person,
            facts.pop("kind"),
            content=file.read(settings.DOCUMENT_MAX_BYTES + 1),
            file_name=file.name,
            by=self.desk.member,
            at=timezone.now(),
            **facts,
        )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


class DocumentViewSet(ReadingViewSet):
    """Documents without their numbers; the file has an address of its own."""

    queryset = queries.documents()
    serializer_class = shapes.DocumentSerializer
    permissions = {
        "list": Permission.VIEW_DOCUMENTS,
        "retrieve": Permission.VIEW_DOCUMENTS,
        "file": Permission.VIEW_DOCUMENTS,
    }

    @extend_schema(
        summary="Take a document out",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"])
    def file(self, request, uid=None) -> HttpResponse:
        """Send the file; that is noted. 422 while it was not scanned."""
        document = self.get_object()
        content = documents.open_file(document, by=self.desk.member, at=timezone.now())
        return file_answer(document, content)


class CaseNoteViewSet(DeskViewSet):
    """Notes about a person."""

    queryset = Person.objects.select_related("centre")
    serializer_class = shapes.NoteSerializer
    permissions = {"list": Permission.WRITE_NOTES, "create": Permission.WRITE_NOTES}

    @extend_schema(summary="Read notes", responses=shapes.NoteSerializer(many=True))
    def list(self, request, uid=None):
        """Return the notes that this member may read, the newest first; a look is noted."""
        person = get_object_or_404(self.get_queryset(), uid=uid)
        note_looks([person], at=timezone.now())
        rows = Note.objects.readable_by(self.desk.member).filter(person=person)
        page = self.paginate_queryset(rows.select_related("replaces"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Write a note",
        request=shapes.NoteSent,
        responses={201: shapes.NoteSerializer},
    )
    def create(self, request, uid=None):
        """Write it."""
        person = get_object_or_404(self.get_queryset(), uid=uid)
        sent = shapes.NoteSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        text = facts.pop("text")
        row = notes.write(person, text, by=self.desk.member, at=timezone.now(), **facts)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


class TaskFilter(filters.FilterSet):
    """Filters of ``GET …/tasks``; several together mean and."""

    person = filters.UUIDFilter(field_name="person__uid")
    state = filters.ChoiceFilter(choices=TaskState.choices)
    due_by = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Task
        fields = []


class TaskViewSet(ReadingViewSet):
    """What is to be done."""

    queryset = Task.objects.select_related("person")
    serializer_class = shapes.TaskSerializer
    filterset_class = TaskFilter
    permissions = {
        "list": Permission.VIEW_TRAINEES,
        "retrieve": Permission.VIEW_TRAINEES,
        "create": Permission.EDIT_CASES,
        "move": Permission.EDIT_CASES,
    }

    @extend_schema(
        summary="Add a task", request=shapes.TaskSent, responses={201: shapes.TaskSerializer}
    )
    def create(self, request):
        """Add it."""
        sent = shapes.TaskSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        if uid := facts.pop("person", None):
            facts["person"] = get_object_or_404(Person, uid=uid)
        title = facts.pop("title")
        row = tasks.add(title, by=self.desk.member, at=timezone.now(), **facts)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Say what became of a task",
        request=shapes.TaskMoved,
        responses=shapes.TaskSerializer,
    )
    @action(detail=True, methods=["post"])
    def move(self, request, uid=None):
        """Done, dropped, or open again."""
        task = self.get_object()
        sent = shapes.TaskMoved(data=request.data)
        sent.is_valid(raise_exception=True)
        act = MOVES[sent.validated_data["state"]]
        task = act(task, by=self.desk.member, at=timezone.now())
        return Response(self.get_serializer(task).data)
