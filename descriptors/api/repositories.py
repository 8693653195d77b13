"""The Git repository that a project is linked to, and its syncs; no secret is ever given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors import catalogue
from descriptors.repositories import keys, queries
from descriptors.repositories.forms import KEEP, RepositoryForm
from descriptors.repositories.models import Every, OnDifference, Result, Sync, Trigger
from descriptors.repositories.services.link_repository import (
    change_repository,
    forget_host_key,
    link_repository,
    remove_hook,
    renew_hook,
    unlink_repository,
)
from descriptors.repositories.services.start_sync import start_sync
from tec.api.bodies import Answer, Body, Choice, Flag, Number, PageQuery, Text, paged
from tec.api.etags import etag, version_held
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import invalid, refused_by
from tec.audit.moved import Moved
from tec.projects.access import Right
from tec.projects.api.base import ProjectView, moved_refused
from tec.work.models import State

if TYPE_CHECKING:
    from rest_framework.request import Request

    from descriptors.repositories.models import Repository, SyncedFile
    from tec.projects.models import Project

MINUTES = [str(minutes) for minutes in Every.values]


class StandingAnswer(Answer):
    """How one document stands to its file."""

    descriptor = serializers.ChoiceField(choices=list(catalogue.DESCRIPTORS))
    file = serializers.CharField(help_text="Name of the file; empty: the folder has none.")
    result = serializers.ChoiceField(choices=Result.values)
    revision = serializers.IntegerField(help_text="Of the document; 0: there is none.")
    choice = serializers.BooleanField(help_text="Whether somebody has to choose a side.")


class RepositoryAnswer(Answer):
    """How a project is linked to a repository."""

    url = serializers.CharField()
    branch = serializers.CharField(help_text="Empty: the main one.")
    path = serializers.CharField(help_text="The folder; empty: the top.")
    every = serializers.IntegerField(help_text="Minutes between two looks; 0: it does not look by itself.")
    on_difference = serializers.ChoiceField(choices=OnDifference.values)
    check_after = serializers.BooleanField(help_text="Whether a check follows when documents have changed.")
    credential = serializers.CharField(help_text="“token”, “key”, or empty: none is needed.")
    public_key = serializers.CharField(help_text="Of the key, to register at the Git host; else empty.")
    linked_by = serializers.CharField(allow_null=True, help_text="User name.")
    linked_at = serializers.DateTimeField()
    host_key = serializers.BooleanField(help_text="Whether the key of an ssh server is remembered.")
    webhook = serializers.BooleanField(help_text="Whether pushes are announced by a webhook.")
    commit = serializers.CharField(help_text="Which the last sync read; empty: none has yet.")
    documents = StandingAnswer(many=True)


class HookAnswer(Answer):
    """Where a Git host announces pushes, and the secret that it signs them with, which is told this once."""

    address = serializers.CharField()
    secret = serializers.CharField()


class RepositoryBody(Body):
    """Where the documents come from, as whom, and what happens then."""

    url = Text(max_length=500, help_text="Like https://git.example.org/team/repo.git or git@host:path.")
    branch = Text(
        required=False, default="", allow_blank=True, max_length=200, help_text="Empty: the main one."
    )
    path = Text(required=False, default="", allow_blank=True, max_length=400, help_text="Empty: the top.")
    credential = Choice(
        choices=["none", "token", "made", "key", "keep"],
        help_text="“made”: a key pair that TEC makes, for ssh. “keep”: what was given before.",
    )
    username = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=100,
        help_text="For the token, if it matters.",
    )
    token = Text(required=False, default="", allow_blank=True, max_length=1_000, help_text="For https.")
    key = Text(
        required=False,
        default="",
        allow_blank=True,
        trim_whitespace=False,
        max_length=keys.MAX_LENGTH,
        help_text="A private key without a passphrase, for ssh.",
    )
    every = Number(
        required=False,
        default=int(Every.HOUR),
        min_value=0,
        max_value=max(Every.values),
        help_text=f"Minutes between two looks: {', '.join(MINUTES)}; 0: never by itself.",
    )
    on_difference = Choice(
        choices=OnDifference.values,
        required=False,
        default=str(OnDifference.ASK),
        help_text="If a document was changed on both sides: “ask” somebody, or “git” wins.",
    )
    check_after = Flag(required=False, default=True)


class SyncAnswer(Answer):
    """One look at the branch."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.values)
    trigger = serializers.ChoiceField(choices=Trigger.values)
    requested_by = serializers.CharField(allow_null=True, help_text="User name.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    commit = serializers.CharField(help_text="Which it read; empty: none yet.")
    history = serializers.CharField(
        help_text="How that follows the commit before: “first”, “same”, “follows” or “rewritten”; else empty."
    )
    error = serializers.CharField(help_text="Why it failed, for people; else empty.")
    remedy = serializers.CharField(help_text="What to do about that.")


class SyncedFileAnswer(Answer):
    """One file, and what became of it."""

    name = serializers.CharField()
    descriptor = serializers.CharField(help_text="Which it is; empty: none of the eight.")
    result = serializers.ChoiceField(choices=Result.values)
    revision = serializers.IntegerField(allow_null=True, help_text="That was made of it.")
    place = serializers.CharField(help_text="Where in the file something is wrong; else empty.")
    message = serializers.CharField(help_text="What is wrong; else empty.")
    remedy = serializers.CharField(help_text="What to do about it.")


class SyncDetailAnswer(SyncAnswer):
    """One look at the branch, and what it brought."""

    files = SyncedFileAnswer(many=True)


class RepositoryView(ProjectView):
    group = "Git"

    @operation(right=Right.SEE, answers={200: RepositoryAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str) -> Response:
        """Read how a project is linked to a Git repository, and how each document stands to its file.

        No secret is given: of a key only its public half, of a token nothing. The ETag is that of the link.
        """
        return answered(self.project)

    @operation(
        right=Right.MANAGE,
        body=RepositoryBody,
        cost=WRITE,
        takes=("If-Match",),
        gives={"ETag": (200, 201)},
        answers={200: RepositoryAnswer, 201: RepositoryAnswer},
        refusals=(412, 428),
    )
    def put(self, request: Request, slug: str) -> Response:
        """Link a project to a Git repository, or change how it is linked; nothing is fetched yet.

        With another address the token or key has to be given again: it is not sent elsewhere unseen. To
        change a link, send the ETag that you read as If-Match: 412 means that somebody has changed it.
        """
        linked = queries.repository_of(self.project)
        form = self.form(linked)
        if not form.is_valid():
            raise refused_by(form)
        given = {"by": self.user, "credential": form.credential_given(), **form.values()}
        if linked:
            held = version_held(self.request, linked.version)
            try:
                change_repository(repository=linked, version=held, **given)
            except Moved as moved:
                raise moved_refused(moved) from moved
        else:
            link_repository(project=self.project, **given)
        return answered(self.project, 200 if linked else 201)

    def form(self, linked: Repository | None) -> RepositoryForm:
        """What was sent, as the form of the pages judges it."""
        kind = self.sent["credential"]
        if kind == KEEP and not (linked and linked.credential):
            raise invalid([Fault("There is no token or key that could be kept.", "/credential")])
        sent = self.sent | {"credential": "" if kind == "none" else kind}
        return RepositoryForm(sent, repository=linked)

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Take the link away, with its secrets and syncs; documents and their history stay."""
        unlink_repository(repository=linked_or_404(self.project), by=self.user)
        return Response(status=204)


class RepositoryHookView(ProjectView):
    group = "Git"

    @operation(right=Right.MANAGE, cost=WRITE, answers={200: HookAnswer})
    def post(self, request: Request, slug: str) -> Response:
        """Set the webhook of the Git host up, or give it another address and secret.

        The ones before work no longer. The secret is told in this answer and never again.
        """
        linked = linked_or_404(self.project)
        secret = renew_hook(repository=linked, by=self.user)
        return Response({"address": linked.hook_address, "secret": secret})

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Take the webhook away: its address answers 404 from then on."""
        remove_hook(repository=linked_or_404(self.project), by=self.user)
        return Response(status=204)


class HostKeyView(ProjectView):
    group = "Git"

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Forget the key of the ssh server: the next sync accepts the one that it shows then."""
        forget_host_key(repository=linked_or_404(self.project), by=self.user)
        return Response(status=204)


class SyncListView(ProjectView):
    group = "Git"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(SyncAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the syncs with the repository, newest first."""
        syncs = linked_or_404(self.project).syncs.select_related("requested_by")
        return self.page_of(syncs, lambda part: [sync_row(each) for each in part])

    @operation(right=Right.CHECK, cost=WRITE, answers={202: SyncAnswer}, gives={"Location": (202,)})
    def post(self, request: Request, slug: str) -> Response:
        """Take over what changed in the repository.

        Ask at the Location until its state is “done” or “failed”. If one waits already, it is that one.
        """
        sync = start_sync(repository=linked_or_404(self.project), by=self.user)
        where = f"/api/projects/{slug}/repository/syncs/{sync.number}/"
        return Response(sync_row(sync), 202, headers={"Location": where})


class SyncDetailView(ProjectView):
    group = "Git"

    @operation(right=Right.SEE, answers={200: SyncDetailAnswer})
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Read a sync: how far it is, or what it brought."""
        syncs = Sync.objects.filter(repository__project=self.project).select_related("requested_by")
        sync = get_object_or_404(syncs, number=number)
        files = sync.files.select_related("revision") if sync.finished else []
        return Response({**sync_row(sync), "files": [file_row(each) for each in files]})


def answered(project: Project, status: int = 200) -> Response:
    linked = linked_or_404(project)
    return Response(repository_row(linked), status, headers={"ETag": etag(linked.version)})


def linked_or_404(project: Project) -> Repository:
    linked = queries.repository_of(project)
    if linked is None:
        raise Http404("The project is not linked to a repository.")
    return linked


def repository_row(linked: Repository) -> dict[str, Any]:
    told = ("url", "branch", "path", "every", "on_difference", "check_after")
    return {
        **{name: getattr(linked, name) for name in told},
        "credential": linked.credential,
        "public_key": linked.public_key,
        "host_key": bool(linked.host_key),
        "webhook": bool(linked.hook_secret),
        "linked_by": linked.linked_by.get_username() if linked.linked_by else None,
        "linked_at": linked.linked_at,
        "commit": linked.commit,
        "documents": [
            {name: getattr(each, name) for name in ("descriptor", "file", "result", "revision", "choice")}
            for each in queries.standings(linked)
        ],
    }


def sync_row(sync: Sync) -> dict[str, Any]:
    told = ("number", "state", "trigger", "created_at", "finished_at", "commit", "history", "error", "remedy")
    by = sync.requested_by
    return {name: getattr(sync, name) for name in told} | {"requested_by": by.get_username() if by else None}


def file_row(file: SyncedFile) -> dict[str, Any]:
    told = ("name", "descriptor", "result", "place", "message", "remedy")
    revision = file.revision.number if file.revision else None
    return {name: getattr(file, name) for name in told} | {"revision": revision}
