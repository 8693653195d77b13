"""Addresses of documents, their history, import and export."""

from django.urls import path, register_converter

from descriptors import catalogue, views


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
    path("projects/<slug:slug>/descriptors/<descriptor:descriptor>/", views.detail, name="descriptor-detail"),
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
