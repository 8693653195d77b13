"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tec.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tec.accounts import journal as journal
