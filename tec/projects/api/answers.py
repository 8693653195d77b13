"""What the API says about projects, and what it takes."""

from __future__ import annotations

from rest_framework import serializers

from tec.api.bodies import Answer, Body, Query, Text


class ProjectAnswer(Answer):
    """A project."""

    slug = serializers.CharField(help_text="Its address; never changes.")
    name = serializers.CharField(help_text="What people call it; may change.")
    description = serializers.CharField()
    point_of_contact = serializers.CharField()
    archived = serializers.BooleanField(help_text="Archived projects can only be read.")
    archived_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NewProjectBody(Body):
    """The three texts of a project, all of them needed."""

    name = Text(max_length=200)
    description = Text(max_length=5000)
    point_of_contact = Text(max_length=200, help_text="Whom to ask: a role, a name or an address.")


class DeleteQuery(Query):
    """The word of somebody who means it."""

    confirmation = serializers.CharField(
        max_length=400, help_text="The project’s name, as proof that this is the one to delete."
    )
