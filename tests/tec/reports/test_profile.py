"""Every report says what was wanted otherwise of the rules; without a profile none mentions one."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from junitparser import JUnitXml
from pypdf import PdfReader

from mismatch.models import Check
from mismatch.profiles.current import profile_by
from mismatch.profiles.profile import Deviation, Profile, subjects
from mismatch.services.change_rules import replace_rules
from tec.projects.models import Project
from tec.reports.composing import compose
from tec.reports.gathering import subject_of
from tec.reports.options import Options
from tec.reports.paper import plain, texts
from tec.reports.rendering import render_report
from tests.api import Api
from tests.mismatch.profiles.test_pages import owner_of
from tests.tec.reports.projects import check_again, checked_example

pytestmark = pytest.mark.django_db

SAID = (
    "By the profile “project settings”: 1 rule is off: TEC-9.",
    "1 rule is graded otherwise: TEC-2 info instead of major.",
)


@pytest.fixture
def project() -> Project:
    """A project whose last check switched a rule off and graded another one milder."""
    made = checked_example()
    known = {each.code: each for each in subjects().values()}
    wanted = {
        code: Deviation(known[code].slug, code, known[code].severity, **what)
        for code, what in {
            "TEC-9": {"enabled": False, "reason": "Not\u202eours."},
            "TEC-2": {"severity": "info", "reason": "Known."},
        }.items()
    }
    replace_rules(project=made, wanted=wanted, by=owner_of(made))
    return check_again(made)


def written(project: Project, form: str) -> bytes:
    return render_report(project, format=form).content


def profile(project: Project) -> Profile:
    found = profile_by(project.checks.first() or Check())
    assert found
    return found


def sheet(project: Project) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(written(project, "xlsx")))
    return list(book["About"].iter_rows(values_only=True))


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_what_is_read_says_it_in_sentences(project, form):
    text = " ".join(written(project, form).decode().split())
    assert all(sentence in text for sentence in SAID)


def test_the_pdf_says_it(project):
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(written(project, "pdf"))).pages).split()
    )
    assert all(sentence in text for sentence in SAID)


def test_a_workbook_says_it_among_the_facts_about_the_report(project):
    rows = sheet(project)
    assert ("Profile digest", profile(project).digest) in rows
    assert [row[1] for row in rows if row[0] == "Under the profile"] == list(SAID)


def test_sarif_has_it_among_the_properties_of_the_run(project):
    told = json.loads(written(project, "sarif"))["runs"][0]["properties"]["profile"]
    assert (told["name"], told["digest"]) == ("project settings", profile(project).digest)
    deviations = {each["code"]: each for each in told["deviations"]}
    assert deviations["TEC-2"]["severity"] == "info"
    assert (deviations["TEC-9"]["enabled"], deviations["TEC-9"]["reason"]) == (False, r"Not\u202eours.")


def test_junit_has_it_among_the_properties_of_every_suite(project):
    for suite in JUnitXml.fromstring(written(project, "junit")):
        told = {each.name: each.value for each in suite.properties()}
        assert told == {
            "profile.name": "project settings",
            "profile.digest": profile(project).digest,
            "profile.deviations": " ".join(SAID),
        }


def test_json_and_the_api_have_it(project):
    digest = profile(project).digest
    answer = Api(owner_of(project)).get(f"projects/{project.slug}/checks/2/").json()["profile"]

    assert json.loads(written(project, "json"))["profile"]["digest"] == digest
    assert (answer["name"], answer["digest"], answer["own"]) == ("project settings", digest, [])
    told = {each["code"]: (each["enabled"], each["severity"]) for each in answer["deviations"]}
    assert told == {"TEC-2": (True, "info"), "TEC-9": (False, "")}


def test_the_rules_are_the_same_until_the_profile_changes(project):
    assert subject_of(project, Options()).same_rules
    replace_rules(project=project, wanted={}, by=owner_of(project))
    assert not subject_of(project, Options()).same_rules


def test_without_a_profile_nothing_is_said_of_one():
    project = checked_example()
    text = "\n".join(texts(plain(compose(subject_of(project, Options())))))
    run = json.loads(written(project, "sarif"))["runs"][0]

    assert "profile" not in f"{text} {written(project, 'junit').decode()} {sheet(project)}".lower()
    assert "profile" not in run["properties"]
    assert Api(owner_of(project)).get(f"projects/{project.slug}/checks/1/").json()["profile"] is None


def test_the_document_of_the_api_describes_it(client):
    schemas = client.get("/api/schema/", headers={"accept": "application/json"}).json()["components"][
        "schemas"
    ]
    described = schemas["CheckDetail"]["properties"]["profile"]

    assert "null" in json.dumps(described)
    assert {"name", "digest", "deviations", "own"} == set(schemas["CheckProfile"]["properties"])
