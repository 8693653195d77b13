"""Revisions never change: what the database refuses to do to them.

They go with their project, and only once its audit log says so: the last entry of its chain has to be
“project.deleted”. An author who leaves is taken out of the reference; the name stays.
"""

from __future__ import annotations

from tec.audit.triggers import Guard

TABLE, DOCUMENTS, EVENTS = "descriptors_revision", "descriptors_document", "audit_event"
CHANGED = "Revisions are never changed: save a new one."
REMOVED = "Revisions are removed only with their project, after the audit log says so."

GUARDS = (
    Guard(
        "revision_no_update",
        TABLE,
        "UPDATE",
        CHANGED,
        unless="NEW.author_id IS NULL",
        free=("author_id",),
    ),
    Guard(
        "revision_no_delete",
        TABLE,
        "DELETE",
        REMOVED,
        unless="'project.deleted' = (SELECT e.verb FROM audit_event e WHERE e.chain = 'project:' || "
        "(SELECT d.project_id FROM descriptors_document d WHERE d.id = OLD.document_id) "
        "ORDER BY e.number DESC LIMIT 1)",
        reads=(DOCUMENTS, EVENTS),
    ),
    Guard("revision_no_truncate", TABLE, "TRUNCATE", REMOVED),
    Guard(
        "revision_no_replace",
        TABLE,
        "INSERT",
        CHANGED,
        unless="NOT EXISTS (SELECT 1 FROM descriptors_revision r WHERE r.id = NEW.id "
        "OR (r.document_id = NEW.document_id AND r.number = NEW.number))",
    ),
)
