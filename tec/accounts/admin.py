"""People in the admin: what administrators do to accounts is in the audit log too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect

from tec.accounts.addresses import confirm
from tec.accounts.factors import remove_factors
from tec.accounts.log_ins import end_others
from tec.audit.record import record

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from tec.accounts.requests import SignedInRequest

    Base = UserAdmin[User]
else:
    Base = UserAdmin

# Their pages show more than they explain; what there is to do is done on a person.
for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
admin.site.unregister(User)


RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class PersonAdmin(Base):
    """Django's, with log-outs, second factors and an entry in the log for every change."""

    list_display = ["username", "email", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    actions = ["log_out", "take_off_second_factor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Superusers are for superusers only: whoever sets somebody's password can log in as them."""
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody raises themselves: what an account may do, superusers say."""
        return super().get_readonly_fields(request, obj) if request.user.is_superuser else RIGHTS

    @admin.action(description="Log out everywhere", permissions=["change"])
    def log_out(self, request: SignedInRequest, people: QuerySet[User]) -> None:
        number = sum(end_others(user=user, but=None, by=request.user) for user in people)
        self.message_user(request, f"{number} log-ins ended.", messages.SUCCESS)

    @admin.action(description="Take off the second factor", permissions=["change"])
    def take_off_second_factor(self, request: SignedInRequest, people: QuerySet[User]) -> None:
        number = sum(remove_factors(user=user, by=request.user) for user in people)
        self.message_user(request, f"{number} people log in without second factor now.", messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """An address that an administrator enters counts as confirmed."""
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            confirm(obj)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What is done to several people and what the log says of it go together, or not at all."""
        try:
            with transaction.atomic():
                return super().response_action(request, *args, **kwargs)
        except ProtectedError as error:
            return self.refused(request, error)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Somebody without whom others could not go on stays; the page says why."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except ProtectedError as error:
            return self.refused(request, error)

    def refused(self, request: HttpRequest, error: ProtectedError) -> HttpResponse:
        self.message_user(request, str(error.args[0]), messages.ERROR)
        return redirect(request.get_full_path())

    def user_change_password(self, *args: Any, **kwargs: Any) -> Any:
        """So do a new password and its entry."""
        with transaction.atomic():
            return super().user_change_password(*args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("account.created", actor=request.user, target=obj.get_username(), by="administrator")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Also called for a new password, of which the message says only that it is new."""
        fields = [name for part in message if "changed" in part for name in part["changed"]["fields"]]
        record("account.changed", actor=request.user, target=obj.get_username(), fields=fields)
        return super().log_change(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self.delete_queryset(request, User.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The logs of the projects they leave come first, as always."""
        names = list(queryset.values_list("username", flat=True))
        super().delete_queryset(request, queryset)
        for name in names:
            record("account.deleted", actor=request.user, target=name)
