"""Does one row of background work: claims it, holds it, and ends it whatever happens in between."""

from __future__ import annotations

import logging
import os
import signal
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError

from tec.work.kinds import rows_of
from tec.work.lease import Lease, LostLease, claim, fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from tec.work.models import W

log = logging.getLogger(__name__)

BROKEN = (
    "An error in TEC itself stopped this {noun}; it is described in the worker’s log under “{row}”. "
    "{kept} Start the {noun} again once the error is repaired."
)


def run(
    model: type[W],
    row_id: int,
    do: Callable[[W, int], None],
    *,
    overdue: Callable[[], None] | None = None,
) -> None:
    """Call *do* with the row and the number of this attempt, unless it is finished or another worker has it.

    *do* ends the row itself, by `lease.finish` in the transaction of its results or by `lease.fail`. An error
    ends it as failed. A database that goes away ends only this attempt: the lease runs out and the sweep has
    the work repeated. So does an attempt that takes too long; *overdue* is then called.
    """
    row = rows_of(model).filter(pk=row_id).first()
    if row is None or (attempt := claim(row)) is None:
        return
    with Lease(row, attempt, overdue):
        row.refresh_from_db()
        try:
            do(row, attempt)
        except LostLease:
            log.warning("Attempt %s of %s was overtaken by another worker.", attempt, row.row)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s failed", row.row)
            fail(row, attempt, BROKEN.format(noun=row.noun, row=row.row, kept=row.kept))


def end_this_process() -> None:
    """Work that hangs is ended with the process it hangs in; whoever supervises that starts another."""
    os.kill(os.getpid(), signal.SIGKILL)
