"""What a token that may only read can ask about documents it sends along."""

from __future__ import annotations

import pytest

from descriptors.models import Revision
from tec.accounts.tokens import create_token
from tests.api import Api, problem_of
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db

OLD = {"version": "1.0", "task": "Score loans"}


def test_a_reading_token_validates_and_upgrades_and_saves_nothing():
    user = make_user()
    project = make_project(owner=user)
    _, raw = create_token(user=user, name="ci", days=1, writes=False)
    api, held = Api(), {"authorization": f"Bearer {raw}"}

    assert api.post("validate/system_context/", OLD, **held).status_code == 200
    assert api.post("upgrade/system_context/", OLD, **held).json()["version"] == "1.2"
    problem = problem_of(api.put(f"projects/{project.slug}/descriptors/system_context/", OLD, **held), 403)
    assert "may only read" in problem["detail"]
    problem_of(api.post(f"projects/{project.slug}/checks/", **held), 403)
    assert not Revision.objects.exists()
