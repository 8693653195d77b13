"""The page behind the set-up link."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tec.setup.first_admin import SetupClosed, create_first_admin, opens
from tec.setup.forms import FirstAdminForm


@never_cache
@sensitive_post_parameters()
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a name and a password and make the first administrator, who is then logged in."""
    if not opens(token):
        return render(request, "setup/closed.html", status=410)
    form = FirstAdminForm(request.POST or None)
    if form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
        try:
            admin = create_first_admin(username=name, password=password)
        except SetupClosed:
            return render(request, "setup/closed.html", status=410)
        login(request, admin)
        return redirect("project-list")
    return render(request, "setup/first_admin.html", {"form": form})
