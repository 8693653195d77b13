"""Parts of addresses that the API knows."""

from __future__ import annotations

from django.urls import register_converter


class NumberConverter:
    """A number from 1 that every database can hold."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class FingerprintConverter:
    """What a finding is known by."""

    regex = "[0-9a-z]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UsernameConverter:
    """The user name of an account: what accounts may be called, and so nothing a database cannot hold."""

    regex = r"[\w.@+-]{1,150}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "number")
register_converter(UsernameConverter, "username")
register_converter(FingerprintConverter, "fingerprint")
