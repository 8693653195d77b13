"""The descriptor forms in a real browser, as data scientists use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from descriptors import catalogue
from descriptors.drafts import Draft
from descriptors.editor.plan import Plan, plan_for
from descriptors.models import Document, Revision
from mismatch.engine import check
from tec.projects.models import Project
from tests.browser.forms import (
    KEPT,
    address,
    body,
    chromium,
    field,
    kept,
    launched,
    log_in,
    open_form,
    paste,
    press,
    violations,
    window,
)
from tests.descriptors.editor.forms import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIAGE = [name for name in catalogue.DESCRIPTORS if name != "production_environment"]
ORDER = (
    "system_context",
    "raw_data",
    "development_environment",
    "production_data",
    "data_pipeline",
    "training_data",
    "trained_model",
    "production_environment",
)
"""So that what a form offers from other documents is there when it is filled in."""


@pytest.fixture
def browser(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's event loop runs in this thread
    with chromium() as browser:
        yield browser


@pytest.fixture
def owner() -> Any:
    return make_user()


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


@pytest.fixture
def page(browser: Browser, live_server: Any, owner: Any) -> Iterator[Page]:
    page = window(browser, live_server.url, owner)
    yield page
    assert page.faults == []  # type: ignore[attr-defined]


def triage(project: Project) -> None:
    for descriptor in TRIAGE:
        make_revision(project, descriptor, example("emergency-triage", descriptor))


def test_a_whole_project_is_filled_in_by_hand_from_empty_to_clean(page: Page, project: Project) -> None:
    page.set_default_timeout(10_000)
    for descriptor in ORDER:
        wanted = example("consumer-loan-default", descriptor)
        open_form(page, project, descriptor)
        fill_in(page, plan_for(descriptor).root, wanted, "")
        press(page, "save")
        expect(page.get_by_text("Saved as revision 1.")).to_be_visible()
        assert said(body(project, descriptor)) == said(wanted)
    report = check(Document.objects.bodies_of(project))
    failing = [
        finding
        for finding in report.findings
        if finding.code.startswith(("TEC", *catalogue.PREFIXES.values()))
    ]
    assert [(finding.code, finding.message) for finding in failing] == []


def fill_in(page: Page, plan: Plan, value: Any, name: str) -> None:
    """Type *value* the way a person would, adding rows as they are needed."""
    if plan.kind == "group":
        for child in plan.children:
            if value.get(child.key) not in ("", 0, False, None, []):
                fill_in(page, child, value[child.key], f"{name}/{child.key}")
    elif plan.kind == "list":
        assert plan.item is not None
        present = page.locator(
            f'[id="{name}"] > * > [data-row]:not([hidden]), [id="{name}"] > * > * > [data-row]:not([hidden])'
        )
        for number, row in enumerate(value):
            if number >= present.count():
                press(page, f"add:{name}")
            fill_in(page, plan.item, row, f"{name}/{number}")
    elif plan.kind == "flag":
        field(page, name).check()
    elif plan.kind == "choice":
        field(page, name).select_option(value)
    elif plan.kind != "fixed":
        field(page, name).fill(value if isinstance(value, str) else repr(value))
        if plan.link or plan.vocabulary:
            page.keyboard.press("Escape")


def said(value: Any) -> Any:
    """*value* without what says nothing: blank, zero, false."""
    if isinstance(value, dict):
        return {
            key: kept
            for key, inner in value.items()
            if (kept := said(inner)) not in ("", 0, False, None, [], {})
        }
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return value


def test_rows_are_added_copied_moved_and_deleted_with_undo(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model")
    press(page, "add:/output_spec")
    expect(field(page, "/output_spec/4/item_name")).to_be_focused()
    page.keyboard.type("fifth")
    press(page, "up:/output_spec/4")
    press(page, "drop:/output_spec/0")
    expect(page.get_by_text("Row 1 deleted.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[id="/output_spec/0"]')).to_be_visible()
    press(page, "copy:/output_spec/1")
    press(page, "drop:/output_spec/2")
    kept(page)
    press(page, "save")
    names = [row["item_name"] for row in body(project, "trained_model")["output_spec"]]
    assert names == ["level", "confidence", "confidence", "fifth", "findings"]
    copy, original = (
        body(project, "trained_model")["output_spec"][2],
        example("emergency-triage", "trained_model")["output_spec"][1],
    )
    assert copy == original


def test_a_row_inside_a_new_row_can_be_added(page: Page, project: Project) -> None:
    open_form(page, project, "development_environment")
    press(page, "add:/upstream_components")
    page.keyboard.type("Sensor")
    field(page, "/upstream_components/0/output_spec/0/item_name").fill("one")
    press(page, "add:/upstream_components/0/output_spec")
    page.keyboard.type("two")
    press(page, "save")
    [component] = body(project, "development_environment")["upstream_components"]
    assert [item["item_name"] for item in component["output_spec"]] == ["one", "two"]


def test_rows_are_moved_by_keyboard_and_by_mouse(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "system_context")
    field(page, "/goals/2/goal").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, "/goals/2/goal")).to_be_focused()
    expect(page.locator('[name="/goals"]')).to_have_value("0,2,1")
    page.locator('[id="/goals/1"] .no').drag_to(
        page.locator('[id="/goals/0"] .no'), target_position={"x": 5, "y": 2}
    )
    expect(page.locator('[name="/goals"]')).to_have_value("1,0,2")
    page.locator('[id="/goals/2"] [name=pick]').check()
    press(page, "up-picked:/goals")
    expect(page.locator('[name="/goals"]')).to_have_value("1-2,0")


def test_enter_goes_down_a_column_and_adds_a_row_at_the_end(page: Page, project: Project) -> None:
    open_form(page, project, "production_data")
    press(page, "add:/schema")
    for name in ("age", "income", "region"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    kept(page)
    press(page, "save")
    assert [row["field_name"] for row in body(project, "production_data")["schema"]] == [
        "age",
        "income",
        "region",
    ]


def test_a_paste_from_a_spreadsheet_fills_rows_and_can_be_undone(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "training_data")
    before = example("emergency-triage", "training_data")["schema"]
    lines = "\n".join(f'new_{number}\tyes\t"two\nlines"\tFloat\t0 - {number}' for number in range(60))
    expect(page.get_by_text("paste cells of a spreadsheet").first).to_be_visible()
    paste(page, f"/schema/{len(before) - 1}/field_name", f"{lines}\n")
    expect(page.locator(".undo").filter(has_text="60 rows pasted.")).to_be_visible()
    kept(page)
    press(page, "save")
    rows = body(project, "training_data")["schema"]
    assert len(rows) == len(before) + 59
    assert rows[-1]["field_name"] == "new_59"
    assert (rows[-1]["label_field"], rows[-1]["field_description"]) == (True, "two\nlines")
    assert rows[0] == before[0]


def test_a_pasted_heading_names_the_columns(page: Page, project: Project) -> None:
    open_form(page, project, "production_data")
    press(page, "add:/statistics")
    paste(page, "/statistics/0/property", "Value\tField\tNonsense\n5\tage\tx\n7\tincome\ty")
    kept(page)
    press(page, "save")
    assert body(project, "production_data")["statistics"] == [
        {"property": "", "field": "age", "value": "5"},
        {"property": "", "field": "income", "value": "7"},
    ]


def test_undoing_a_paste_brings_everything_back(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "production_data")
    paste(page, "/schema/0/field_name", "a\tb\nc\td\n" * 10)
    page.get_by_role("button", name="Undo").click()
    press(page, "save")
    expect(page.get_by_text("Nothing had changed.")).to_be_visible()


def test_a_choice_that_is_not_offered_is_left_out_of_a_paste_and_named(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model")
    paste(page, "/evaluation_metrics/0/metric", "accuracy\t\t0.5\nnonsense\t\t0.6")
    expect(page.locator(".undo").filter(has_text="such as “nonsense”")).to_be_visible()
    expect(field(page, "/evaluation_metrics/0/metric")).to_have_value("Accuracy")


def test_what_was_typed_survives_a_crash_of_the_browser(
    browser: Browser, live_server: Any, owner: Any, project: Project
) -> None:
    triage(project)
    doomed = launched(browser)
    page = window(doomed, live_server.url, owner)
    open_form(page, project, "trained_model")
    field(page, "/model_name").fill("Half a na")
    field(page, "/evaluation_dataset/seed").fill("about 7")
    press(page, "add:/output_spec")
    page.keyboard.type("unsaved row")
    page.wait_for_timeout(2_000)  # the promise: kept within two seconds of the last key
    with pytest.raises(PlaywrightError, match="closed"):
        doomed.new_browser_cdp_session().send("Browser.crash")
    again = window(browser, live_server.url, owner)
    open_form(again, project, "trained_model")
    expect(again.locator("#draft-notice")).to_contain_text("unsaved changes")
    expect(field(again, "/model_name")).to_have_value("Half a na")
    expect(field(again, "/evaluation_dataset/seed")).to_have_value("about 7")
    expect(field(again, "/output_spec/4/item_name")).to_have_value("unsaved row")
    again.get_by_role("button", name="Discard them").click()
    expect(field(again, "/model_name")).to_have_value("Triage proposal")
    assert not Draft.objects.exists()


def test_the_last_words_are_kept_when_the_page_is_left_at_once(page: Page, project: Project) -> None:
    open_form(page, project, "system_context")
    field(page, "/task").fill("typed and gone")
    page.goto("/projects/")
    page.wait_for_timeout(300)
    assert Draft.objects.get().state == {"/task": "typed and gone"}


def test_logging_out_elsewhere_loses_nothing(
    page: Page, project: Project, live_server: Any, owner: Any
) -> None:
    open_form(page, project, "system_context")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    field(page, "/task").fill("typed after the session ended")
    expect(page.locator("#draft-state")).to_contain_text("You are logged out")
    page.context.add_cookies([each for each in cookies if each["name"] != "sessionid"])
    log_in(page.context, live_server.url, owner)
    expect(page.locator("#draft-state")).to_contain_text(KEPT, timeout=15_000)
    press(page, "save")
    assert body(project, "system_context")["task"] == "typed after the session ended"


def test_only_what_could_not_be_kept_holds_a_window_open(page: Page, project: Project) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_form(page, project, "system_context")
    page.goto("/projects/")
    assert asked == []
    open_form(page, project, "system_context")
    page.context.set_offline(True)
    field(page, "/task").press_sequentially("offline")
    expect(page.locator("#draft-state")).to_contain_text("No connection")
    page.context.set_offline(False)
    page.goto("/projects/")
    assert asked == ["beforeunload"]


def test_typing_never_waits_for_the_network(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model")
    held: list[Any] = []
    page.route("**/draft/", lambda route: held.append(route))  # no answer ever comes
    name = field(page, "/model_description")
    name.fill("")
    name.focus()
    took = page.evaluate(
        """async () => {
            const input = document.activeElement, times = [];
            for (const letter of "a model description of some length") {
                const start = performance.now();
                input.value += letter;
                input.dispatchEvent(new InputEvent("input", {bubbles: true}));
                times.push(performance.now() - start);
                await new Promise((done) => setTimeout(done, 70));
            }
            return Math.max(...times);
        }"""
    )
    assert took < 20, f"a key took {took} ms"
    expect(name).to_have_value("a model description of some length")
    page.wait_for_timeout(200)
    assert held, "a draft is on its way all the time"


def test_five_hundred_rows_stay_quick(page: Page, project: Project) -> None:
    rows = [
        {
            "field_name": f"field_{number}",
            "field_description": "d",
            "label_field": False,
            "field_type": "Float",
            "expected_values": "e",
            "missing_values": "",
            "mapping_production_data": "",
        }
        for number in range(500)
    ]
    make_revision(project, "training_data", {"version": "1.2", "schema": rows})
    open_form(page, project, "training_data")
    measured = page.context.new_cdp_session(page)
    measured.send("Performance.enable", {"timeDomain": "threadTicks"})
    field(page, "/schema/250/field_name").focus()
    page.keyboard.press("End")
    before = busy(measured)
    page.keyboard.type("quickly", delay=50)
    took = (busy(measured) - before) / len("quickly")
    assert took < 0.1, f"a key keeps the page busy for {took * 1000:.0f} ms"
    kept(page)
    press(page, "save")
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    assert body(project, "training_data")["schema"][250]["field_name"] == "field_250quickly"


def busy(measured: Any) -> float:
    """Seconds of processor time the page has used."""
    metrics = {each["name"]: each["value"] for each in measured.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"])


def test_an_error_appears_when_the_field_is_left_not_before(page: Page, project: Project) -> None:
    open_form(page, project, "raw_data")
    number = field(page, "/number_of_instances")
    number.press_sequentially("many")
    page.wait_for_timeout(1_800)
    expect(page.get_by_text("“many” is not a number")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.get_by_text("“many” is not a number")).to_be_visible()
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("5")
    page.keyboard.press("Tab")
    expect(page.get_by_text("“many” is not a number")).to_have_count(0)


def test_a_refused_save_lists_the_errors_and_leads_to_them(page: Page, project: Project) -> None:
    open_form(page, project, "raw_data", "")
    page.locator("#s-content > summary").click()
    field(page, "/number_of_instances").fill("many")
    press(page, "save")
    notice = page.locator("#form-errors")
    expect(notice).to_contain_text("Nothing was saved yet")
    notice.get_by_role("link").click()
    expect(field(page, "/number_of_instances")).to_be_focused()
    expect(field(page, "/number_of_instances")).to_have_value("many")


def test_fields_follow_the_choice_they_depend_on_and_keep_their_text(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model", "#/output_spec/0/item_type")
    lowest = field(page, "/output_spec/0/item_specification/min_value")
    expect(lowest).to_be_visible()
    field(page, "/output_spec/0/item_type").select_option("String")
    expect(lowest).to_be_hidden()
    expect(page.get_by_role("group", name="Allowed characters").first).to_be_visible()
    field(page, "/output_spec/0/item_type").select_option("Integer")
    expect(lowest).to_have_value("1")


def test_an_ensemble_is_one_as_soon_as_there_are_two_components(page: Page, project: Project) -> None:
    make_revision(project, "trained_model", example("consumer-loan-default", "trained_model"))
    open_form(page, project, "trained_model")
    ensemble, details = (
        page.locator('input[type=checkbox][name="/ensemble"]'),
        field(page, "/model_composition_details"),
    )
    expect(ensemble).not_to_be_checked()
    expect(details).to_be_hidden()
    press(page, "copy:/model_components/0")
    expect(ensemble).to_be_checked()
    expect(details).to_be_visible()
    press(page, "drop:/model_components/1")
    expect(ensemble).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(ensemble).to_be_checked()
    kept(page)
    press(page, "save")
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    assert body(project, "trained_model")["ensemble"] is True


def test_values_are_offered_while_typing_and_follow_other_choices(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model", "#/output_spec/0/component_mapping/component")
    component = field(page, "/output_spec/0/component_mapping/component")
    item = field(page, "/output_spec/0/component_mapping/data_item")
    component.fill("track")
    expect(page.locator("#combo [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(component).to_have_value("ED Tracking Board")
    expect(item).to_have_value("")
    item.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#combo [role=option]")).to_have_text(
        [re.compile("confidence.*Float ≠ Integer"), re.compile("wait_limit")]
    )
    page.keyboard.press("Escape")
    expect(page.locator("#combo")).to_be_hidden()
    item.fill("wait_limit")
    component.fill("ED Tracking Bord")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Use “ED Tracking Board”").first.click()
    expect(component).to_have_value("ED Tracking Board")
    expect(item).to_have_value("wait_limit")  # a mistyped component takes nothing away


def test_fields_of_the_same_document_are_offered_while_they_are_typed(page: Page, project: Project) -> None:
    open_form(page, project, "production_data")
    press(page, "add:/schema")
    page.keyboard.type("brand_new")
    field(page, "/statistics/0/field").click()
    expect(page.locator("#combo [role=option]")).to_have_text(["brand_new"])


def test_what_saving_does_is_said_before_it_is_done(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model", "#/ml_frameworks/1")
    field(page, "/ml_frameworks/1").fill("scikit-learn")
    page.keyboard.press("Tab")
    expect(page.locator("#impact")).to_contain_text("fixes 1")
    expect(page.locator(".at.mended").first).to_contain_text("Saving fixes this.")
    page.locator("#impact summary").click()
    expect(page.locator("#impact")).to_contain_text("fixes TEC-8")


def test_two_people_on_one_document(browser: Browser, live_server: Any, owner: Any, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "a", "usage_context": "b"})
    ada = window(browser, live_server.url, owner)
    bob = window(browser, live_server.url, make_member(project, "owner", username="bob"))
    for page in (ada, bob):
        open_form(page, project, "system_context")
    field(bob, "/task").fill("Bob's task")
    field(bob, "/usage_context").fill("Bob's context")
    press(bob, "save")
    expect(bob.get_by_text("Saved as revision 2.")).to_be_visible()
    field(ada, "/task").fill("Ada's task")
    expect(ada.locator("#stale-notice")).to_be_visible()
    press(ada, "save")
    expect(ada.get_by_role("heading", name="Two versions of System Context")).to_be_visible()
    expect(ada.get_by_text("bob", exact=True).first).to_be_visible()
    row = ada.get_by_role("row").filter(has_text="Task")
    expect(row).to_contain_text("Bob's task")
    row.get_by_label("Ada's task").check()
    ada.get_by_role("button", name="Save what is chosen").click()
    expect(ada.get_by_text("Saved as revision 3.")).to_be_visible()
    saved = body(project, "system_context")
    assert (saved["task"], saved["usage_context"]) == ("Ada's task", "Bob's context")


def test_two_windows_of_one_person_keep_a_draft_each(
    browser: Browser, live_server: Any, owner: Any, project: Project
) -> None:
    one = window(browser, live_server.url, owner)
    open_form(one, project, "system_context")
    field(one, "/task").fill("typed first")
    kept(one)
    two = one.context.new_page()
    open_form(two, project, "system_context")
    field(one, "/usage_context").fill("in one")
    kept(one)
    one.wait_for_timeout(1_200)
    field(two, "/available_data").fill("in two")
    two.wait_for_timeout(2_500)
    states = [draft.state for draft in Draft.objects.order_by("pk")]
    assert states == [
        {"/task": "typed first", "/usage_context": "in one"},
        {"/task": "typed first", "/available_data": "in two"},
    ]


def test_a_new_name_is_carried_through_linked_documents(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "development_environment", "#/downstream_components/0/component_name")
    field(page, "/downstream_components/0/component_name").fill("Clinical Record")
    press(page, "save")
    expect(page.get_by_role("heading", name="Carry new names along")).to_be_visible()
    page.get_by_role("button", name="Save revision 2").click()
    expect(page.get_by_text("carried to Trained Model (revision 2)")).to_be_visible()
    assert (
        body(project, "trained_model")["output_spec"][0]["component_mapping"]["component"]
        == "Clinical Record"
    )


def test_without_scripts_rows_can_be_added_and_deleted_and_everything_saved(
    browser: Browser, live_server: Any, owner: Any, project: Project
) -> None:
    page = window(browser, live_server.url, owner, java_script_enabled=False)
    page.goto(address(project, "system_context", "?all"))
    field(page, "/task").fill("Without scripts")
    field(page, "/goals/0/goal").fill("First")
    press(page, "add:/goals")
    expect(field(page, "/task")).to_have_value("Without scripts")
    field(page, "/goals/1/goal").fill("Second")
    press(page, "add:/goals")
    press(page, "drop:/goals/0")
    field(page, "/goals/2/goal").fill("Third")
    page.locator("#savebar").get_by_role("button", name="Save revision 1").click()
    expect(page.get_by_text("Saved as revision 1.")).to_be_visible()
    goals = body(project, "system_context")["goals"]
    assert [(goal["id"], goal["goal"]) for goal in goals] == [("G-01", "Second"), ("G-02", "Third")]
    assert not Draft.objects.exists()


def test_without_scripts_other_fields_appear_after_keeping_the_draft(
    browser: Browser, live_server: Any, owner: Any, project: Project
) -> None:
    page = window(browser, live_server.url, owner, java_script_enabled=False)
    page.goto(address(project, "system_context", "?all"))
    field(page, "/ml_problem_type/ml_problem").select_option("Other")
    page.get_by_role("button", name="Keep as draft").click()
    expect(field(page, "/ml_problem_type/other_problem")).to_be_visible()


def test_the_form_can_be_filled_in_with_the_keyboard_alone(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "system_context", "")
    tab_to(page, 'a[data-section="goals"]')
    page.keyboard.press("Enter")
    expect(page.locator("#s-goals > summary")).to_be_focused()
    tab_to(page, 'button[value="add:/goals"]')
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("A goal by keyboard")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    goal = body(project, "system_context")["goals"][-1]
    assert (goal["id"], goal["goal"]) == ("G-04", "A goal by keyboard")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_one_section_at_a_time(page: Page, project: Project) -> None:
    triage(project)
    open_form(page, project, "trained_model", "?section=identity")
    expect(field(page, "/model_name")).to_be_visible()
    assert page.locator(".section").count() == 1
    field(page, "/model_name").fill("Typed in one section")
    page.get_by_role("link", name="Next: Components").click()
    expect(page.locator("#s-components")).to_be_visible()
    kept(page)
    press(page, "save")
    assert body(project, "trained_model")["model_name"] == "Typed in one section"


def test_hostile_texts_show_as_text_and_run_nothing(page: Page, project: Project) -> None:
    nasty = "\"><img src=x onerror='window.__x=1'></textarea></option><script>window.__x=1</script>{{7*7}}"
    names = {"component_name": nasty, "input_spec": [{"item_name": nasty, "item_type": nasty}]}
    make_revision(
        project, "development_environment", {"version": "1.2", "downstream_components": [names], nasty: nasty}
    )
    row = {
        "item_name": nasty,
        "item_type": nasty,
        nasty: nasty,
        "component_mapping": {"component": nasty + "x", "data_item": nasty},
    }
    make_revision(
        project,
        "trained_model",
        {"version": "1.2", "model_name": nasty, "ml_frameworks": [nasty], "output_spec": [row]},
    )
    for descriptor in ("trained_model", "development_environment"):
        open_form(page, project, descriptor)
        assert page.evaluate("() => window.__x") is None
    open_form(page, project, "trained_model", "#/output_spec/0/component_mapping/component")
    field(page, "/output_spec/0/component_mapping/component").click()
    page.locator("#combo [role=option]").first.click()
    press(page, "copy:/output_spec/0")
    field(page, "/model_name").fill(f"{nasty}!", force=True)
    kept(page)
    press(page, "review")
    expect(page.get_by_role("heading", name="Before saving Trained Model")).to_be_visible()
    assert page.evaluate("() => window.__x") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "descriptor", ["system_context", "trained_model", "development_environment", "training_data"]
)
def test_axe_finds_nothing(
    browser: Browser, live_server: Any, owner: Any, project: Project, descriptor: str, scheme: str
) -> None:
    triage(project)
    page = window(browser, live_server.url, owner, color_scheme=scheme)
    open_form(page, project, descriptor)
    page.evaluate("() => document.querySelectorAll('.item > details').forEach((each) => (each.open = true))")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_somebody_works(
    browser: Browser, live_server: Any, owner: Any, project: Project, scheme: str
) -> None:
    triage(project)
    page = window(browser, live_server.url, owner, color_scheme=scheme)
    open_form(page, project, "trained_model")
    field(page, "/evaluation_dataset/seed").fill("x")
    field(page, "/output_spec/0/item_type").select_option("String", force=True)
    press(page, "drop:/documentation/0")
    kept(page)
    field(page, "/ml_frameworks/0").click()
    page.locator("#impact summary").click()
    assert violations(page) == []
    field(page, "/evaluation_dataset/seed").fill("5")
    kept(page)
    press(page, "review")
    expect(page.get_by_role("heading", name="Values that no longer apply")).to_be_visible()
    assert violations(page) == []
    make_revision(
        project, "trained_model", example("emergency-triage", "trained_model") | {"model_name": "theirs"}
    )
    page.goto(address(project, "trained_model"))
    expect(page.get_by_role("heading", name="Two versions of Trained Model")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_nothing_is_wider_than_the_window(
    browser: Browser, live_server: Any, owner: Any, project: Project, width: int
) -> None:
    triage(project)
    page = window(browser, live_server.url, owner, viewport={"width": width, "height": 800})
    for descriptor in catalogue.DESCRIPTORS:
        open_form(page, project, descriptor)
        page.evaluate(
            "() => document.querySelectorAll('.item > details').forEach((each) => (each.open = true))"
        )
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, descriptor


def test_the_page_asks_no_other_host_and_stays_small(page: Page, project: Project) -> None:
    triage(project)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_form(page, project, "trained_model")
    site = page.url.split("/projects")[0]
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert Revision.objects.count() == len(TRIAGE)
