"""Pages of findings: both sides, numbers that agree, filters, pages, and text from everywhere shown as text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from mismatch.findings import SEVERITIES
from mismatch.models import Check, Finding, Sighting
from tests.examples import example
from tests.factories import make_revision
from tests.mismatch.pages import (
    CLEAN,
    TRIAGE,
    checked_project,
    filled_project,
    reader,
    run_check,
    said,
    with_unfed_inputs,
)

pytestmark = pytest.mark.django_db

MISMATCHES = "/projects/churn/mismatches/"
MISSING = "/projects/churn/missing/"


def html(response: Any) -> str:
    return response.content.decode()


def articles(response: Any) -> list[str]:
    return re.findall(r"<article.*?</article>", html(response), re.DOTALL)


def article(response: Any, words: str) -> str:
    return next(each for each in articles(response) if words in each)


def findings(response: Any) -> set[str]:
    """The findings on a page by their anchors, those in tables included."""
    return set(re.findall(r'id="(f-[0-9a-f]{32})"', html(response)))


def waiting(response: Any) -> set[str]:
    page = html(response)
    start = page.find('<div id="wait">')
    return set(re.findall(r'<tr id="(f-[0-9a-f]{32})"', page[start:])) if start >= 0 else set()


def failed() -> Any:
    return Sighting.objects.filter(kind="mismatch", outcome="fail")


def failing(severity: str) -> int:
    return failed().filter(severity=severity).count()


@pytest.fixture
def triage(client):
    """A reader of the triage project, whose 27 mismatches and 5 rules that cannot tell are well known."""
    return reader(client, checked_project(TRIAGE))


# --- a finding ---


def test_both_sides_stand_next_to_each_other(triage):
    shown = article(triage.get(MISMATCHES), "triage_level")

    assert "Trained Model" in shown
    assert "Model developer · changes first" in shown
    assert "<mark>Integer</mark>" in shown
    assert "≠" in shown
    assert "differs from" in shown
    assert "Development Environment" in shown
    assert "Software engineer" in shown
    assert "<mark>String</mark>" in shown
    assert shown.index("Integer</mark>") < shown.index("String</mark>")
    assert "Agree on one type for both sides" in shown


def test_each_place_is_a_link_to_its_field(triage):
    shown = article(triage.get(MISMATCHES), "triage_level")

    assert 'href="/projects/churn/descriptors/trained_model/#/output_spec/0/item_type"' in shown
    assert (
        'href="/projects/churn/descriptors/development_environment/#/downstream_components/0/input_spec/0/item_type"'
        in shown
    )


def test_severity_code_and_rule_stand_under_the_title(triage):
    shown = article(triage.get(MISMATCHES), "triage_level")

    assert '<use href="#i-critical"/>' in shown
    assert "Critical" in shown
    assert '<a href="/rules/output-type-mismatch/">TEC-3A</a>' in shown


def test_what_is_in_no_list_is_set_against_that_list(triage):
    shown = article(triage.get(MISMATCHES), "needs “<bdi>Julia</bdi>”")

    assert "∌" in shown
    assert "<bdi>C#</bdi>, <bdi>Python</bdi>" in shown
    assert "<mark>Julia</mark>" in shown


def test_a_blank_mapping_is_set_against_what_it_could_name(triage):
    shown = article(triage.get(MISMATCHES), "<bdi>findings</bdi>")

    assert '<span class="blank">blank</span>' in shown
    assert "∅" in shown
    assert "<bdi>Hospital Record System</bdi>, <bdi>ED Tracking Board</bdi>" in shown


def test_figures_have_their_units_and_their_relation(triage):
    shown = article(triage.get(MISMATCHES), "120 GB of storage")

    assert '<mark>100</mark></bdi> <span class="q">GB</span>' in shown
    assert "&lt;" in shown
    assert "is less than" in shown


def test_findings_of_one_list_are_one_table_and_still_findings(triage):
    page = triage.get(MISMATCHES)
    table = article(page, "Distribution: 5 entries differ")

    assert table.count('<tr id="f-') == 5
    assert table.count('class="b-a"') == 5
    assert "21.1 %" in table
    assert "−6.5" in table
    assert "+2.0" in table
    assert "5 findings, shown together" in table


# --- numbers ---


def test_all_numbers_of_a_page_agree(triage):
    page = triage.get(MISMATCHES)
    check = Check.objects.get()

    assert "27 of 27" in said(page)
    assert len(findings(page) - waiting(page)) == 27
    assert sum(check.counts["mismatch"].values()) == 27 + 5
    assert re.search(r'Mismatches\s*<span class="count">27</span>', html(page))
    tiles = [int(n) for n in re.findall(r'class="n \w+"><svg.*?</svg>(\d+)</span>', html(page))]
    assert tiles == [*(failing(severity) for severity in SEVERITIES), 5]
    assert sum(tiles) == 27 + 5


def test_cannot_tell_stands_apart_and_is_not_counted(triage):
    page = triage.get(MISMATCHES)

    assert len(waiting(page)) == 5
    assert "Cannot tell: waiting for Production Environment" in said(page)
    assert "4 resource requirements" in said(page)
    assert html(page).index('<div id="wait">') > html(page).rindex("<article")


def test_the_tally_of_each_group_counts_its_findings(triage):
    page = html(triage.get(MISMATCHES))
    groups = re.findall(r'<section class="group".*?</section>', page, re.DOTALL)

    assert len(groups) == 4
    for group in groups:
        heading = group[: group.index("<article")]
        assert sum(int(n) for n in re.findall(r"</svg>(\d+)", heading)) == len(
            set(re.findall(r'id="(f-\w{32})"', group))
        )


def test_missing_fields_are_grouped_by_document_with_place_and_reason(triage):
    page = triage.get(MISSING)

    assert "5 of 5" in said(page)
    assert len(articles(page)) == 5
    shown = article(page, "TM-15")
    assert "is blank in row 4" in shown
    assert "An output can be integrated only when its receiver is known." in shown
    assert 'descriptors/trained_model/#/output_spec/3/component_mapping/component"' in shown
    assert "Fill in Production Environment" in said(page)


def test_a_clean_result_says_so_with_numbers(client):
    words = said(reader(client, checked_project(CLEAN)).get(MISMATCHES))

    assert "Everything fits together" in words
    assert "24 rules over 8 of 8 documents found no mismatch: 21 passed, 3 do not apply here." in words


def test_a_complete_project_says_that_nothing_is_missing(client):
    words = said(reader(client, checked_project(CLEAN)).get(MISSING))

    assert "Every required field is filled in" in words
    assert "everything that the 141 required fields ask for" in words


def test_no_mismatch_so_far_is_not_everything_fits(client):
    documents = example(CLEAN)
    del documents["production_environment"]
    project = filled_project(documents)
    run_check(project)

    words = said(reader(client, project).get(MISMATCHES))

    assert "No mismatch, as far as can be told" in words
    assert "Cannot tell: waiting for Production Environment" in words
    assert "1 required field is still blank." in words


def test_what_each_rule_says_can_be_read(triage):
    words = said(triage.get(MISMATCHES))

    assert "What each of the 24 rules says" in words
    assert "TEC-3A An output of the model has another type than the input it feeds: yes" in words
    assert "TEC-4A A final output has another type than the input it feeds: does not apply" in words


# --- new and gone ---


@pytest.fixture
def second(client):
    """A reader of the triage project after a second check: one finding came, one went."""
    project = checked_project(TRIAGE)
    documents = example(TRIAGE)
    documents["development_environment"]["ml_frameworks"].append("Flux")
    fields = documents["production_data"]["schema"]
    fields.append({**fields[0], "field_name": "zip_code"})
    make_revision(project, "development_environment", documents["development_environment"])
    make_revision(project, "production_data", documents["production_data"])
    run_check(project)
    return reader(client, project)


def test_what_is_new_is_marked(second):
    page = second.get(MISMATCHES)

    assert [each for each in articles(page) if "New in check 2" in each] == [
        article(page, "“<bdi>zip_code</bdi>”")
    ]
    assert "Open since check 1" in article(page, "triage_level")


def test_one_can_look_at_what_is_new_only(second):
    page = second.get(MISMATCHES, {"state": "new"})

    assert "1 of 27" in said(page)
    assert "zip_code" in articles(page)[0]


def test_what_is_gone_is_listed(second):
    page = second.get(MISMATCHES)

    assert "Gone since check 1 (1)" in said(page)
    assert "“ Flux ”" in said(page)[said(page).index("Gone since") :]


def test_a_finished_check_shows_what_it_found_then(second):
    words = said(second.get("/projects/churn/checks/1/"))

    assert "2 documents changed" in words
    assert "“ Flux ”" in words
    assert "zip_code" not in words
    assert "Mismatches 27" in words
    assert "Missing fields 5" in words


def test_nothing_is_called_new_in_the_first_check(triage):
    words = said(triage.get(MISMATCHES))

    assert "New in check" not in words
    assert "Open since" not in words


# --- filters ---


def test_a_severity_is_an_address_that_takes_itself_back(triage):
    page = triage.get(MISMATCHES, {"severity": "critical"})

    assert f"{failing('critical')} of 27" in said(page)
    assert len(findings(page)) == failing("critical")
    chosen = re.search(r'<a href="([^"]*)" aria-current="true"><span class="n critical"', html(page))
    assert chosen is not None
    assert chosen.group(1) == "?"


def test_filters_combine_and_stay_when_one_goes_on(triage):
    query = {"severity": ["critical", "info"], "group": "rule", "descriptor": "training_data"}
    page = triage.get(MISMATCHES, query)

    wanted = Q(severity="critical") | Q(severity="info")
    among = failed().filter(wanted, finding__code__regex=r"^TEC-1[456]").count()
    assert 0 < among < failed().filter(wanted).count()
    assert f"{among} of 27" in said(page)
    form = html(page)[html(page).index('<form class="filters"') :]
    for kept in [
        'name="severity" value="critical"',
        'name="severity" value="info"',
        'name="group" value="rule"',
    ]:
        assert f'<input type="hidden" {kept}>' in form
    assert '<option value="training_data" selected>' in form


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"rule": "TEC-16"}, 5),
        ({"rule": ["TEC-16", "TEC-2"]}, 6),
        ({"rule": "label-distribution-mismatch"}, 0),
        ({"descriptor": "system_context"}, 1),
        ({"descriptor": ["trained_model", "development_environment"]}, 11),
        ({"q": "heart_rate"}, 1),
        ({"q": "TRIAGE_LEVEL"}, 1),
        ({"q": "tec-5a"}, 2),
        ({"q": "no such word"}, 0),
        ({"kind": "mismatch"}, 27),
        ({"kind": "cannot-tell"}, 0),
        ({"state": "open"}, 27),
    ],
)
def test_each_filter_narrows(triage, query, shown):
    page = triage.get(MISMATCHES, query)

    if shown or "rule" not in query:
        assert f"{shown} of 27" in said(page)
        assert len(findings(page) - waiting(page)) == shown


def test_the_search_finds_words_of_every_script_in_any_case(client):
    documents = example(TRIAGE)
    documents["trained_model"]["output_spec"][0]["item_name"] = "УРОВЕНЬ Größe"
    project = filled_project(documents)
    run_check(project)
    reader(client, project)

    assert "1 of 27" in said(client.get(MISMATCHES, {"q": "уровень"}))
    assert "1 of 27" in said(client.get(MISMATCHES, {"q": "GRÖSSE"}))


def test_no_match_offers_the_way_back(triage):
    words = said(triage.get(MISMATCHES, {"q": "no such word", "kind": "mismatch"}))

    assert "No finding matches these filters" in words
    assert "There are 27 in all." in words


SENSELESS = [
    "severity=purple",
    "severity=critical&severity=' OR 1=1",
    "rule=%00",
    "rule=../../etc",
    "descriptor=<script>",
    "group[]=1",
    "kind=x",
    "state=x",
    "page=0",
    "page=-1",
    "page=99999999999999999999",
    "page=1e3",
    "q=%00%ff%fe",
    "q=" + "x" * 3000,
    "unknown=1",
    "%00=%00",
]


@pytest.mark.parametrize("path", [MISMATCHES, MISSING, "/projects/churn/checks/1/"])
def test_an_address_that_makes_no_sense_shows_the_page(triage, path):
    for query in SENSELESS:
        assert triage.get(f"{path}?{query}").status_code == 200, query


def test_what_is_ignored_is_said(triage):
    words = said(triage.get(MISMATCHES, {"severity": "<b>purple</b>"}))

    assert "<b>purple</b> ” is no severity (known: critical, major, minor, info); it is ignored." in words
    assert "27 of 27" in words


@pytest.mark.parametrize(
    ("path", "kind", "target"),
    [
        (MISMATCHES, "missing", "/projects/churn/missing/?kind=missing&q=x"),
        (MISSING, "mismatch", "/projects/churn/mismatches/?kind=mismatch&q=x"),
        (MISSING, "cannot-tell", "/projects/churn/mismatches/?kind=cannot-tell&q=x"),
    ],
)
def test_another_kind_is_on_another_page(triage, path, kind, target):
    assert triage.get(path, {"kind": kind, "q": "x"}).url == target


@pytest.mark.parametrize("group", ["pair", "rule", "owner"])
def test_every_grouping_shows_every_finding(triage, group):
    page = triage.get(MISMATCHES, {"group": group})

    assert len(findings(page) - waiting(page)) == 27
    assert re.search(rf'href="[^"]*group={group}[^"]*" aria-current="true"', html(page))


def test_grouped_by_owner_the_owner_is_the_heading(triage):
    headings = re.findall(
        r'<h2 id="group-[^"]*">(.*?)</h2>', html(triage.get(MISMATCHES, {"group": "owner"}))
    )

    assert set(headings) == {"Model developer", "Data engineer", "Software engineer"}


# --- many ---


@pytest.fixture
def crowd(client):
    project = filled_project(with_unfed_inputs(120))
    run_check(project)
    return reader(client, project)


def test_many_findings_come_in_pages_that_show_each_once(crowd):
    pages = [crowd.get(MISMATCHES, {"page": number}) for number in (1, 2, 3)]

    shown = [findings(page) - waiting(page) for page in pages]
    total = failed().count()
    assert f"<b>{total}</b> of {total}" in html(pages[0])
    assert [len(some) for some in shown] == [50, 50, total - 100]
    assert len(set().union(*shown)) == total
    assert "Cannot tell: waiting for" not in said(pages[0])
    assert "Cannot tell: waiting for" in said(pages[2])


def test_the_contents_lead_to_the_page_where_a_group_begins(crowd):
    links = re.findall(r'<li><a href="([^"]*#group[^"]*)"', html(crowd.get(MISMATCHES)))

    for link in links:
        address, _, anchor = link.replace("&amp;", "&").partition("#")
        assert f'<section class="group" id="{anchor}"' in html(crowd.get(f"{MISMATCHES}{address}"))


def test_a_page_beyond_the_last_is_the_last(crowd):
    assert findings(crowd.get(MISMATCHES, {"page": 99})) == findings(crowd.get(MISMATCHES, {"page": 3}))


@pytest.mark.parametrize("path", [MISMATCHES, MISMATCHES + "?q=unfed", MISMATCHES + "?group=rule", MISSING])
def test_many_findings_take_no_more_queries_than_few(client, path):
    few, many = (filled_project(with_unfed_inputs(number), name=f"With {number}") for number in (5, 500))

    counts = []
    for project in (few, many):
        run_check(project)
        reader(client, project)
        client.get(path.replace("churn", project.slug))  # the first page after a log-in writes that down
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path.replace("churn", project.slug))
        assert response.status_code == 200
        counts.append(len(queries))

    assert Sighting.objects.filter(check_run__project=many).count() > 500
    assert counts[0] == counts[1]
    assert counts[0] <= 24


# --- text from everywhere ---

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}{% url 'home' %}",
    "</bdi></mark></article>",
    "a”b“c",
    "\u202eevil\u2066",
    "שלום עולם",
    "分诊级别",
    "Z̶̡a̷l̸g̵o",
    "x" * 5000,
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_documents_is_shown_as_text(client, text):
    documents = example(TRIAGE)
    model, environment = documents["trained_model"], documents["development_environment"]
    for row in model["output_spec"]:
        row["item_name"] = f"{row['item_name']} {text}"
        row["item_type"] = text
    environment["downstream_components"][0]["component_name"] = text
    environment["programming_languages"] = [text]
    documents["system_context"]["goals"][2]["goal"] = text
    documents["training_data"]["schema"][0]["field_type"] = text
    documents["production_data"]["schema"][0]["field_name"] = text
    project = filled_project(documents, name=text[:150], slug="churn")
    run_check(project)
    reader(client, project)

    for path in ("mismatches", "missing", "checks", "checks/1", "mismatches/?q=a&group=rule"):
        page = client.get(f"/projects/{project.slug}/{path}".rstrip("/") + ("" if "?" in path else "/"))
        assert page.status_code == 200
        body = html(page)
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "onmouseover='" not in body
        assert "</bdi></mark></article>" not in body
        for page_part in re.findall("<article.*?</article>", body, re.DOTALL):
            assert "\u202e" not in page_part


def test_a_search_that_is_hostile_is_shown_as_text(triage):
    body = html(triage.get(MISMATCHES, {"q": '"><script>alert(1)</script>'}))

    assert "<script>alert" not in body
    assert 'value="&quot;&gt;&lt;script&gt;' in body


def test_a_finding_of_a_rule_that_is_gone_is_still_shown(triage):
    Finding.objects.filter(code="TEC-3A").update(rule="no-longer-there", code="X900")

    page = triage.get(MISMATCHES)

    shown = article(page, "X900")
    assert "(a rule that is gone)" in shown
    assert "/rules/no-longer-there/" not in shown
    assert "Trained Model — Development Environment" in said(page)  # what it shows says what it is about


@pytest.mark.parametrize(
    "places", [[], [{"descriptor": "unheard_of", "pointer": "/x", "value": 1, "label": "X"}]]
)
def test_a_finding_without_a_place_we_know_is_still_shown(triage, places):
    Sighting.objects.filter(finding__code="TEC-3A").update(places=places)

    assert "triage_level" in article(triage.get(MISMATCHES), "TEC-3A")


def test_a_finding_of_a_rule_that_is_gone_without_a_place_is_still_shown(triage):
    Finding.objects.filter(code="TEC-3A").update(rule="no-longer-there", code="X900")
    Sighting.objects.filter(finding__code="X900").update(places=[])

    assert "Rules that are gone" in said(triage.get(MISMATCHES))


def test_a_rule_without_findings_says_what_it_found_instead(triage):
    page = triage.get(MISMATCHES, {"rule": ["label-distribution-mismatch", "TEC-7"]})

    assert "TEC-7" in said(page)


def test_the_address_keeps_only_what_is_filled_in(triage):
    query = {"descriptor": "", "rule": "", "q": "heart rate", "severity": ["minor", ""]}

    response = triage.get(MISMATCHES, query, headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/projects/churn/mismatches/?q=heart+rate&severity=minor"
    assert "HX-Push-Url" not in triage.get(MISMATCHES, query)
