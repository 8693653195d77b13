"""Over REST: the inbox of whoever asks, and the addresses that a project tells what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from tec.api.bodies import Answer, Body, Choice, Flag, Number, PageQuery, Text, paged
from tec.api.etags import etag, tags, version_held
from tec.api.operations import WRITE, operation
from tec.api.refused import Refused, refused_by
from tec.api.views import ApiView
from tec.audit.moved import Moved
from tec.notices.forms import WebhookForm
from tec.notices.kinds import public
from tec.notices.models import Notice, Outcome
from tec.notices.services import change_webhook as service
from tec.notices.services.tell import mark_read
from tec.projects.access import Right
from tec.projects.api.base import ProjectView, moved_refused

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from tec.api.operations import Operation
    from tec.notices.models import Webhook

MOST = 1_000
"""Notices that one request may mark."""


class NoticeAnswer(Answer):
    """What you were told about one event."""

    id = serializers.IntegerField()
    project = serializers.CharField(source="project.slug")
    kind = serializers.CharField(help_text="What kind of event, as in “check.new”.")
    text = serializers.CharField()
    address = serializers.CharField(help_text="Path of the page that shows it.")
    severity = serializers.CharField(help_text="The worst of what it is about; may be empty.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class InboxQuery(PageQuery):
    """Which notices to list."""

    show = Choice(choices=["all", "unread"], required=False, default="all", help_text="Which of them.")


class ReadBody(Body):
    """Which notices are read."""

    notices = serializers.ListField(
        child=Number(min_value=1, max_value=2**53),
        required=False,
        max_length=MOST,
        help_text="Their ids; left out: all.",
    )


class ReadAnswer(Answer):
    """What is read now."""

    marked = serializers.IntegerField(help_text="How many were unread before.")


class WebhookAnswer(Answer):
    """An address that a project tells what happens."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField(), help_text="What it is told.")
    link_only = serializers.BooleanField(help_text="Told only that something happened, with a link.")
    active = serializers.BooleanField(help_text="false: nothing is sent for now.")
    created_at = serializers.DateTimeField()


class NewWebhookAnswer(WebhookAnswer):
    """An address with the new secret that its messages are signed with, which is told this once."""

    secret = serializers.CharField()


class WebhookBody(Body):
    """Where another system is told, and of what."""

    name = Text(max_length=80)
    url = Text(max_length=500, help_text="Messages are sent there by POST; it begins with https.")
    kinds = serializers.ListField(
        child=Choice(choices=list(public())),
        min_length=1,
        max_length=len(public()),
        help_text="What it is told.",
    )
    link_only = Flag(
        required=False, default=False, help_text="Only say that something happened, with a link."
    )


class WebhookChangeBody(WebhookBody):
    """What to change of it; what is left out stays as it is."""

    active = Flag(required=False, help_text="false: send nothing for now.")


class DeliveryAnswer(Answer):
    """One message to one address, and what became of it."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    outcome = serializers.ChoiceField(choices=Outcome.values)
    created_at = serializers.DateTimeField()
    tries = serializers.IntegerField()
    tried_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="HTTP status of the last answer.")
    said = serializers.CharField(help_text="What was answered, or what went wrong.")


class InboxView(ApiView):
    group = "Notices"

    @operation(query=InboxQuery, answers={200: paged(NoticeAnswer)})
    def get(self, request: Request) -> Response:
        """List what you were told, newest first."""
        wanted = Q(read_at=None) if self.asked["show"] == "unread" else Q()
        notices = Notice.objects.of(self.user).filter(wanted).select_related("project")
        return self.page_of(notices, lambda part: NoticeAnswer(part, many=True).data)


class InboxReadView(ApiView):
    group = "Notices"

    @operation(body=ReadBody, cost=WRITE, answers={200: ReadAnswer})
    def post(self, request: Request) -> Response:
        """Mark notices of yours as read."""
        return Response({"marked": mark_read(self.user, self.sent.get("notices"))})


class WebhookListView(ProjectView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, query=PageQuery, answers={200: paged(WebhookAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the addresses that a project tells what happens."""
        return self.page_of(self.project.webhooks.all(), lambda part: WebhookAnswer(part, many=True).data)

    @operation(
        right=Right.MANAGE, body=WebhookBody, cost=WRITE, answers={201: NewWebhookAnswer}, refusals=(409,)
    )
    def post(self, request: Request, slug: str) -> Response:
        """Add an address.

        The secret that its messages are signed with is told in this answer and never again.
        """
        try:
            hook, secret = service.add_webhook(project=self.project, by=self.user, **judged(self.sent))
        except service.TooMany as error:
            said = f"A project has at most {service.MOST} webhooks. Remove one first."
            raise Refused(409, said) from error
        return Response({**WebhookAnswer(hook).data, "secret": secret}, 201)


class OneWebhookView(ProjectView):
    """Answers an address below one webhook."""

    hook: Webhook

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.hook = get_object_or_404(self.project.webhooks, pk=address["webhook"])


class WebhookDetailView(OneWebhookView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, answers={200: WebhookAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str, webhook: int) -> Response:
        """Read an address that a project tells what happens."""
        return answered(self.hook)

    @operation(
        right=Right.MANAGE,
        body=WebhookChangeBody,
        cost=WRITE,
        takes=("If-Match",),
        gives={"ETag": (200,)},
        answers={200: WebhookAnswer},
        refusals=(412,),
    )
    def patch(self, request: Request, slug: str, webhook: int) -> Response:
        """Change an address, what it is told, or whether it is told anything for now.

        What is left out stays as it is. With the ETag that you read as If-Match, 412 means that somebody has
        changed it in between, and says what; without, what you send holds.
        """
        told = {name: value for name, value in self.sent.items() if name != "active"}
        values = judged({**WebhookForm.initial_of(self.hook), **told}) if told else {}
        values = {name: value for name, value in (self.sent | values).items() if name in self.sent}
        held = version_held(request, self.hook.version) if tags(request, "If-Match") else None
        try:
            return answered(service.change_webhook(hook=self.hook, by=self.user, version=held, **values))
        except Moved as moved:
            raise moved_refused(moved) from moved

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str, webhook: int) -> Response:
        """Remove an address: it is told nothing any more."""
        service.remove_webhook(hook=self.hook, by=self.user)
        return Response(status=204)


class WebhookTryView(OneWebhookView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, cost=WRITE, answers={202: DeliveryAnswer})
    def post(self, request: Request, slug: str, webhook: int) -> Response:
        """Send a message that says it is only a try; what is answered stands in the deliveries."""
        return Response(DeliveryAnswer(service.try_webhook(hook=self.hook, by=self.user)).data, 202)


class WebhookSecretView(OneWebhookView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, cost=WRITE, answers={200: NewWebhookAnswer})
    def post(self, request: Request, slug: str, webhook: int) -> Response:
        """Sign the messages to an address with a new secret from now on.

        It is told in this answer and never again.
        """
        secret = service.renew_secret(hook=self.hook, by=self.user)
        return Response({**WebhookAnswer(self.hook).data, "secret": secret})


class WebhookDeliveryListView(OneWebhookView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, query=PageQuery, answers={200: paged(DeliveryAnswer)})
    def get(self, request: Request, slug: str, webhook: int) -> Response:
        """List what was sent to an address and what it answered, newest first."""
        return self.page_of(self.hook.deliveries.all(), lambda part: DeliveryAnswer(part, many=True).data)


class WebhookDeliveryAgainView(OneWebhookView):
    group = "Webhooks"

    @operation(right=Right.MANAGE, cost=WRITE, answers={202: DeliveryAnswer})
    def post(self, request: Request, slug: str, webhook: int, delivery: UUID) -> Response:
        """Send a message once more that was delivered or given up; one that waits just waits on."""
        sent = get_object_or_404(self.hook.deliveries.select_related("webhook__project"), pk=delivery)
        service.send_again(delivery=sent, by=self.user)
        sent.refresh_from_db()
        return Response(DeliveryAnswer(sent).data, 202)


def answered(hook: Webhook) -> Response:
    return Response(WebhookAnswer(hook).data, headers={"ETag": etag(hook.version)})


def judged(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as the form of the pages judges it."""
    form = WebhookForm(sent)
    if not form.is_valid():
        raise refused_by(form)
    return form.cleaned_data
