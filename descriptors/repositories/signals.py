"""Tells whoever wants to know that a sync has changed documents."""

from __future__ import annotations

from django.dispatch import Signal

documents_synced = Signal()
"""Sent after the transaction, with `repository` and the `sync` that saved at least one document."""
