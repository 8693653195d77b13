"""A real worker tries a rule of one's own over what is stored."""

from __future__ import annotations

import pytest

from mismatch.models import DryRun, State
from mismatch.own.dry_run import tried
from mismatch.own.views import TEMPLATE
from mismatch.services.try_own_rule import start_dry_run
from mismatch.services.write_own_rule import write_version
from tests.factories import make_project, make_revision, make_user
from tests.workers import eventually

pytestmark = pytest.mark.worker


def test_a_worker_tries_the_rule_over_all_projects_that_somebody_may_see(start_worker):
    owner = make_user()
    for name, task in (("Churn", "Alchemy"), ("Prices", "Regression")):
        project = make_project(name=name, owner=owner)
        make_revision(project, "system_context", {"version": "1.2", "task": task})
    version = write_version(rule=None, project=None, source=TEMPLATE, by=owner)
    run = start_dry_run(version=version, by=owner)

    start_worker()
    eventually(lambda: DryRun.objects.get(pk=run.pk).state == State.DONE, what="the dry run")

    run.refresh_from_db()
    assert run.outcomes == {"fail": 1, "pass": 1}
    assert [each.project.name for each in tried(run, owner, 10)] == ["Churn"]
