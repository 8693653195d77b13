"""Addresses of documents, their history, import and export."""

from django.urls import path, register_converter

from descriptors import catalogue, views
from descriptors import past_views as past
from descriptors.editor import deciding
from descriptors.editor import views as editing


class DescriptorConverter:
    """One of the eight identifiers; any other word is no address."""

    regex = "|".join(catalogue.DESCRIPTORS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DescriptorConverter, "descriptor")

urlpatterns = [
    path("projects/<slug:slug>/import/", views.import_project, name="project-import"),
    path("projects/<slug:slug>/export/", views.export_project, name="project-export"),
    path("projects/<slug:slug>/history/", views.project_history, name="project-history"),
    path("projects/<slug:slug>/history/state/", past.state, name="project-state"),
    path("projects/<slug:slug>/history/state/export/", past.state_export, name="project-state-export"),
    path("projects/<slug:slug>/descriptors/<descriptor:descriptor>/", editing.form, name="descriptor-detail"),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/draft/",
        editing.draft,
        name="descriptor-draft",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/review/",
        deciding.review,
        name="descriptor-review",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/resolve/",
        deciding.resolve,
        name="descriptor-resolve",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/choices/",
        editing.choices,
        name="descriptor-choices",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/json/",
        views.json_text,
        name="descriptor-json",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/import/",
        views.import_descriptor,
        name="descriptor-import",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/export/",
        views.export_descriptor,
        name="descriptor-export",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/clear/",
        views.clear,
        name="descriptor-clear",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/history/",
        views.history,
        name="descriptor-history",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/history/compare/",
        past.compare,
        name="revision-compare",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/history/fields/",
        past.blame,
        name="descriptor-blame",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/history/<int:number>/",
        views.revision,
        name="revision-detail",
    ),
    path(
        "projects/<slug:slug>/descriptors/<descriptor:descriptor>/history/<int:number>/restore/",
        views.restore,
        name="revision-restore",
    ),
]
