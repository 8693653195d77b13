"""Takes what Git hosts say about pushes, from anybody who can sign it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from descriptors.repositories.models import Repository
from descriptors.repositories.services.receive_push import is_genuine, receive_push
from tec import strictjson


@csrf_exempt
@require_POST
def hook(request: HttpRequest, hook: str) -> HttpResponse:
    """202 for a message that is genuine, whatever follows from it; 403 for one that is not; 404 elsewhere."""
    repository = (
        Repository.objects.exclude(hook_secret="").filter(hook=hook).select_related("project").first()
    )
    if repository is None:
        raise Http404
    if not is_genuine(repository, request.headers, request.body):
        return JsonResponse({"detail": "The signature is missing or wrong."}, status=403)
    if request.content_type != "application/json":
        return JsonResponse({"detail": "Choose the content type application/json."}, status=415)
    try:
        payload = strictjson.loads(request.body)
    except strictjson.StrictJSONError as refused:
        return JsonResponse({"detail": str(refused)}, status=400)
    event = request.headers.get("X-Github-Event") or request.headers.get("X-Gitlab-Event") or ""
    if event == "ping" or not isinstance(payload, dict):
        return JsonResponse({"sync": None, "reason": "nothing to do"}, status=202)
    received = receive_push(repository=repository, event=event, payload=payload)
    number = received.sync.number if received.sync else None
    return JsonResponse({"sync": number, "reason": received.reason}, status=202)
