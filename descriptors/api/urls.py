"""Addresses of documents, revisions, vocabularies and schemas in the API, below /api/."""

from __future__ import annotations

from django.urls import path, register_converter

import descriptors.urls  # noqa: F401  registers the converter of the eight
import tec.api.addresses  # noqa: F401  registers those of numbers
from descriptors.api import (
    documents,
    exchange,
    git_differences,
    past,
    repositories,
    revisions,
    schemas,
    vocabularies,
)
from descriptors.models import Vocabulary


class VocabularyConverter:
    """One of the lists of terms."""

    regex = "|".join(Vocabulary.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VocabularyConverter, "vocabulary")

PROJECT = "projects/<slug:slug>"
DOCUMENT = f"{PROJECT}/descriptors/<descriptor:descriptor>"
REVISION = f"{DOCUMENT}/revisions/<number:revision>"

urlpatterns = [
    path(f"{PROJECT}/repository/", repositories.RepositoryView.as_view(), name="api-repository"),
    path(f"{PROJECT}/repository/syncs/", repositories.SyncListView.as_view(), name="api-syncs"),
    path(
        f"{PROJECT}/repository/syncs/<number:number>/",
        repositories.SyncDetailView.as_view(),
        name="api-sync",
    ),
    path(
        f"{PROJECT}/repository/webhook/",
        repositories.RepositoryHookView.as_view(),
        name="api-repository-webhook",
    ),
    path(f"{PROJECT}/repository/host-key/", repositories.HostKeyView.as_view(), name="api-host-key"),
    path(
        f"{PROJECT}/repository/differences/<descriptor:descriptor>/",
        git_differences.GitDifferenceView.as_view(),
        name="api-git-difference",
    ),
    path(f"{PROJECT}/descriptors/", documents.DescriptorListView.as_view(), name="api-descriptors"),
    path(f"{DOCUMENT}/", documents.DescriptorDetailView.as_view(), name="api-descriptor"),
    path(f"{PROJECT}/revisions/", revisions.ProjectRevisionListView.as_view(), name="api-project-revisions"),
    path(f"{PROJECT}/state/", past.StateView.as_view(), name="api-state"),
    path(f"{PROJECT}/state/export/", past.StateExportView.as_view(), name="api-state-export"),
    path(f"{DOCUMENT}/fields/", past.FieldListView.as_view(), name="api-fields"),
    path(f"{DOCUMENT}/revisions/", revisions.RevisionListView.as_view(), name="api-revisions"),
    path(f"{REVISION}/", revisions.RevisionDetailView.as_view(), name="api-revision"),
    path(f"{REVISION}/document/", revisions.RevisionDocumentView.as_view(), name="api-revision-document"),
    path(f"{REVISION}/changes/", revisions.RevisionDifferenceView.as_view(), name="api-revision-changes"),
    path(f"{REVISION}/restore/", revisions.RevisionRestoreView.as_view(), name="api-revision-restore"),
    path(f"{PROJECT}/export/", exchange.ProjectExportView.as_view(), name="api-export"),
    path(f"{PROJECT}/import/", exchange.ProjectImportView.as_view(), name="api-import"),
    path("vocabularies/", vocabularies.VocabularyListView.as_view(), name="api-vocabularies"),
    path(
        "vocabularies/<vocabulary:vocabulary>/",
        vocabularies.VocabularyDetailView.as_view(),
        name="api-vocabulary",
    ),
    path(
        "vocabularies/<vocabulary:vocabulary>/<number:term>/",
        vocabularies.TermDetailView.as_view(),
        name="api-term",
    ),
    path("schemas/", schemas.SchemaListView.as_view(), name="api-schemas"),
    path(
        "schemas/<str:version>/<descriptor:descriptor>/",
        schemas.SchemaDetailView.as_view(),
        name="api-schema-of",
    ),
    path("validate/<descriptor:descriptor>/", schemas.ValidateView.as_view(), name="api-validate"),
    path("upgrade/<descriptor:descriptor>/", schemas.UpgradeView.as_view(), name="api-upgrade"),
]
