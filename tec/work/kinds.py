"""Knows every kind of background work: the models that are declared as such."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps

from tec.work.models import Work, WorkQuerySet


def kinds() -> list[type[Work]]:
    """The models of background work of all apps."""
    return [model for model in apps.get_models() if issubclass(model, Work)]


def rows_of(model: type[Work]) -> WorkQuerySet[Any]:
    """All rows of that kind, open for the questions of WorkQuerySet."""
    return cast("WorkQuerySet[Any]", model._default_manager.get_queryset())


def itself(row: Work) -> WorkQuerySet[Any]:
    """That one row, for conditional updates."""
    return rows_of(type(row)).filter(pk=row.pk)
