"""Every address of the site × everybody who may come: what they are answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from descriptors.catalogue import DESCRIPTORS
from descriptors.models import VocabularyTerm
from descriptors.repositories.models import FollowedDocument, Repository, Sync
from mismatch.decisions.models import Decision, SavedView
from mismatch.findings import Finding
from mismatch.models import Check, DryRun, OwnRule, OwnRuleVersion
from mismatch.own.views import TEMPLATE
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.write_own_rule import write_version
from mismatch.showing.suggestions import now
from tec.notices.services.change_webhook import add_webhook, try_webhook
from tec.projects.models import Invitation, Membership, Project, Role
from tec.projects.rights import EDITORS
from tec.projects.services.invite import invite
from tec.reports.models import ReportFile
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found
from tests.tec.routes import Line, answer, lines, routes

pytestmark = pytest.mark.django_db

ANSWERS = """
# row       anonymous stranger viewer reviewer operator engineer scientist owner admin
public      ok        ok       ok     ok       ok       ok       ok        ok    ok
account     in        ok       ok     ok       ok       ok       ok        ok    ok
none        in        404      404    404      404      404      404       404   404  # they have none
mailed      in        410      410    410      410      410      410       410   410  # needs a link
own         in        404      404    404      404      404      404       ok    404  # of the owner
member      in        404      ok     ok       ok       ok       ok        ok    404  # only who is one
see         in        404      ok     ok       ok       ok       ok        ok    ok
check       in        404      403    ok       ok       ok       ok        ok    ok
decide      in        404      403    ok       ok       ok       ok        ok    ok
approve     in        404      403    ok       403      403      403       ok    ok
edit        in        404      403    403      403      403      ok        ok    ok  # of the trained model
edit-any    in        403      403    403      ok       ok       ok        ok    ok  # of some project
edit-all    in        404      403    403      403      403      403       ok    ok
manage      in        404      403    403      403      403      403       ok    ok
site        in        403      403    403      403      403      403       403   ok  # about all projects
unready     503       503      503    503      503      503      503       503   503  # no worker runs here
closed      410       410      410    410      410      410      410       410   410
nowhere     404       404      404    404      404      404      404       404   404
"""
"""How access is decided → what each is answered: `in` is being sent to log in, `ok` any page or form."""

TABLE = """
# method route            row       arguments other than those of `ids`, ?query (or ?body of a POST)

GET  home                 public
GET  about                public
GET  login                public
POST login                public
POST logout               public
GET  account_inactive     public
GET  mfa_authenticate     account
POST mfa_authenticate     account
GET  password-reset       public
POST password-reset       public
GET  password-reset-sent  public
GET  password-reset-confirm closed  uidb64=MQ token=none
POST password-reset-confirm closed  uidb64=MQ token=none
POST sso                  nowhere   # not set up here
GET  sso-callback         nowhere
GET  account              account
POST account              account
GET  account-address      mailed
POST account-address      mailed
GET  password             account
POST password             account
GET  account_reauthenticate account
POST account_reauthenticate account
GET  mfa_reauthenticate   account
POST mfa_reauthenticate   account
GET  mfa_index            account
GET  mfa_activate_totp    account
POST mfa_activate_totp    account
GET  mfa_deactivate_totp  none
POST mfa_deactivate_totp  none
GET  mfa_view_recovery_codes none
GET  mfa_generate_recovery_codes account
POST mfa_generate_recovery_codes account
POST sso-connect          none
POST sso-disconnect       none
GET  account-sessions     account
POST account-sessions-end-others account
POST account-session-end  none      number=0
GET  account-tokens       account
POST account-tokens       account
POST account-token-revoke none      number=0
POST appearance           public
GET  resources            public
GET  relationships        public
GET  schema-changelog     public
GET  schema-errata        public
GET  rule-list            public
GET  rule-detail          public    slug=tm-15
GET  setup                closed    token=none
POST setup                closed    token=none
GET  styleguide           nowhere
GET  healthz              public
GET  readyz               unready

GET  project-list         account
GET  project-create       account
POST project-create       account
GET  project-detail       see
GET  project-edit         manage
POST project-edit         manage
GET  project-archive      manage
POST project-archive      manage
POST project-restore      manage
GET  project-delete       manage
POST project-delete       manage
GET  member-list          see
POST member-add           manage
POST member-invite        manage
GET  member-leave         member
POST member-leave         member
GET  member-detail        manage
POST member-detail        manage
POST member-remove        manage
POST invitation-withdraw  manage
GET  project-rights       see
POST project-rights       manage
GET  join                 closed    token=none
POST join                 closed    token=none

GET  inbox                account
GET  inbox-notice         none      pk=1
POST inbox-read           account
GET  inbox-wishes         account
POST inbox-wishes         account
GET  webhook-list         manage
GET  webhook-add          manage
POST webhook-add          manage
GET  webhook-detail       manage
GET  webhook-edit         manage
POST webhook-edit         manage
POST webhook-do           manage
POST webhook-again        manage

GET  project-import       edit-all
POST project-import       edit-all
GET  project-export       see
GET  project-history      see
GET  project-state        see
GET  project-state-export see       ?at=2999-01-01
GET  project-audit        see
GET  project-audit-export manage
GET  site-audit           site
GET  site-audit-export    site
GET  descriptor-detail    see
POST descriptor-detail    edit
POST descriptor-draft     edit
GET  descriptor-review    edit      ?draft=0123456789abcdef0123456789abcdef
POST descriptor-review    edit
GET  descriptor-resolve   edit      ?draft=0123456789abcdef0123456789abcdef
POST descriptor-resolve   edit
GET  descriptor-choices   see
GET  descriptor-json      see
POST descriptor-json      edit
GET  descriptor-import    edit
POST descriptor-import    edit
GET  descriptor-export    see
GET  descriptor-clear     edit
POST descriptor-clear     edit
GET  descriptor-history   see
GET  revision-compare     see
GET  descriptor-blame     see
GET  revision-detail      see
POST revision-restore     edit

GET  repository           see
GET  repository-link      manage
POST repository-link      manage
GET  repository-unlink    manage
POST repository-unlink    manage
POST repository-sync      check
GET  sync-detail          see
GET  sync-progress        see
POST repository-hook-secret  manage
POST repository-host-key  manage
GET  repository-difference   edit
POST repository-difference   edit
POST repository-hook      nowhere   hook=unknown

GET  check-list           see
POST check-list           check
GET  check-detail         see
GET  check-progress       see
GET  mismatch-list        see
GET  missing-list         see
GET  finding-detail       see
POST finding-comment      decide
GET  decide               decide    ?check=1
POST decide               decide    ?check=1
GET  ignore-import        decide
POST ignore-import        decide
POST decision-approve     approve
POST decision-withdraw    decide
POST finding-assign       decide
POST view-save            see
POST view-delete          own
GET  compare              see
POST baseline             approve
GET  gate                 see
GET  report-list          see
POST report-list          see       ?kind=mismatch&format=pdf
GET  report-made          see
GET  report-view          see       kind=dossier
GET  report-file          see
GET  check-rules          see
GET  project-rules        see
GET  project-rules-file   see
POST project-rules-import manage
GET  project-rule         manage    rule=sc-01
POST project-rule         manage    rule=sc-01
GET  project-own-rules    see
GET  project-own-rule-new manage
POST project-own-rule-new manage
GET  project-own-rule     see       own=1
POST project-own-rule     manage    own=1 ?version=none
GET  project-own-rule-dry-run see   own=1
POST project-own-rule-dry-run see   own=1
GET  project-own-rule-next manage   own=1
POST project-own-rule-next manage   own=1
GET  organisation-own-rules account
GET  organisation-own-rule-new site
POST organisation-own-rule-new site
GET  organisation-own-rule account  own=2
POST organisation-own-rule site     own=2 ?version=none
GET  organisation-own-rule-dry-run account own=2
POST organisation-own-rule-dry-run account own=2
GET  organisation-own-rule-next site own=2
POST organisation-own-rule-next site own=2
GET  organisation-rules   account
GET  organisation-rules-file account
POST organisation-rules-import site
GET  organisation-rule    site      rule=sc-01
POST organisation-rule    site      rule=sc-01
GET  ignore-export        see
GET  fit                  see
GET  traceability         see
GET  fix                  see
POST fix                  edit

GET    api-schema              public
GET    api-docs                public
GET    api-me                  api-account
GET    api-projects            api-account
POST   api-projects            api-account
GET    api-tasks               api-account
GET    api-project             api-see
PATCH  api-project             api-manage
DELETE api-project             api-manage
POST   api-project-archive     api-manage
POST   api-project-restore     api-manage
GET    api-descriptors         api-see
GET    api-descriptor          api-see
PUT    api-descriptor          api-edit
DELETE api-descriptor          api-edit
GET    api-state               api-see   ?at=2999-01-01
GET    api-state-export        api-see   ?at=2999-01-01
GET    api-fields              api-see
GET    api-project-revisions   api-see
GET    api-revisions           api-see
GET    api-revision            api-see
GET    api-revision-document   api-see
GET    api-revision-changes    api-see
POST   api-revision-restore    api-edit
GET    api-export              api-see
GET    api-export-ignore       api-see
POST   api-import              api-edit-all
GET    api-checks              api-see
POST   api-checks              api-check
GET    api-check               api-see
GET    api-check-findings      api-see
GET    api-findings            api-see
GET    api-report              api-see   ?kind=dossier
GET    api-reports             api-see
POST   api-reports             api-see
GET    api-report-row          api-see
GET    api-report-file         api-see
GET    api-finding             api-see
GET    api-comments            api-see
POST   api-comments            api-decide  ?{"text":"Hm."}
GET    api-decisions           api-see
POST   api-decisions           api-decide
POST   api-import-ignore       api-decide
POST   api-approve             api-approve
POST   api-withdraw            api-decide
POST   api-assignments         api-decide
GET    api-fix                 api-see
POST   api-fix                 api-edit
GET    api-views               api-see
POST   api-views               api-see
DELETE api-view                api-own
GET    api-members             api-see
POST   api-members             api-manage
PATCH  api-member              api-manage
DELETE api-member              api-manage
GET    api-invitations         api-manage
POST   api-invitations         api-manage
DELETE api-invitation          api-manage
GET    api-rights              api-see
PATCH  api-rights              api-manage
GET    api-compare             api-see
GET    api-baseline            api-see
PUT    api-baseline            api-approve
DELETE api-baseline            api-approve
GET    api-gate                api-see
GET    api-fit                 api-see
GET    api-repository          api-see
PUT    api-repository          api-manage
DELETE api-repository          api-manage
GET    api-syncs               api-see
POST   api-syncs               api-check
GET    api-sync                api-see
POST   api-repository-webhook  api-manage
DELETE api-repository-webhook  api-manage
DELETE api-host-key            api-manage
GET    api-git-difference      api-edit
POST   api-git-difference      api-edit
GET    api-traceability        api-see
GET    api-inbox               api-account
POST   api-inbox-read          api-account
GET    api-inbox-wishes        api-account
PUT    api-inbox-wishes        api-account
GET    api-webhooks            api-manage
POST   api-webhooks            api-manage
GET    api-webhook             api-manage
PATCH  api-webhook             api-manage
DELETE api-webhook             api-manage
POST   api-webhook-try         api-manage
POST   api-webhook-secret      api-manage
GET    api-deliveries          api-manage
POST   api-delivery-again      api-manage
GET    api-audit               api-see
GET    api-audit-export        api-manage
GET    api-site-audit          api-site
GET    api-site-audit-export   api-site
GET    api-profile             api-see
PUT    api-profile             api-manage  ?{"rules":{}}
GET    api-own-rules           api-see
POST   api-own-rules           api-manage
GET    api-own-rule            api-see    own=1
GET    api-own-rule-versions   api-see    own=1
POST   api-own-rule-versions   api-manage own=1
GET    api-own-rule-dry-run    api-see    own=1
POST   api-own-rule-dry-run    api-see    own=1
PUT    api-own-rule-active     api-manage own=1
DELETE api-own-rule-active     api-manage own=1
POST   api-own-rule-try        api-manage
GET    api-organisation-profile api-account
PUT    api-organisation-profile api-site  ?{"rules":{}}
GET    api-organisation-own-rules api-account
POST   api-organisation-own-rules api-site
POST   api-organisation-own-rule-try api-site
GET    api-organisation-own-rule api-account own=2
GET    api-organisation-own-rule-versions api-account own=2
POST   api-organisation-own-rule-versions api-site own=2
GET    api-organisation-own-rule-dry-run api-account own=2
POST   api-organisation-own-rule-dry-run api-account own=2
PUT    api-organisation-own-rule-active api-site own=2
DELETE api-organisation-own-rule-active api-site own=2
GET    api-rules               public
GET    api-rule                public     name=TEC-3A
GET    api-vocabularies        api-account
GET    api-vocabulary          api-account
POST   api-vocabulary          api-edit-any
PUT    api-term                api-site
DELETE api-term                api-site
GET    api-schemas             public
GET    api-schema-of           public
POST   api-validate            api-account
POST   api-upgrade             api-account
"""
"""One line for each method of each route. A route under projects/ answers other methods with 405."""

WHO = ANSWERS.split("\n")[1].split()[2:]
ROWS = {
    words[0]: dict(zip(WHO, words[1:], strict=True))
    for line in ANSWERS.splitlines()
    if (words := line.split("#")[0].split())
}
ROWS |= {f"api-{name}": {**row, "anonymous": "401"} for name, row in ROWS.items()}  # programs are told so
LINES = lines(TABLE)
ADMIN = [route for route in routes() if route.pattern.startswith("admin/")]
ROUTES = [route for route in routes() if route not in ADMIN]
NAMED = {route.name: route for route in ROUTES}
ROLES = {
    "viewer": Role.VIEWER,
    "reviewer": Role.REVIEWER,
    "operator": Role.OPERATOR,
    "engineer": Role.SOFTWARE_ENGINEER,
    "scientist": Role.DATA_SCIENTIST,
    "owner": Role.OWNER,
}
IDS = frozenset({"number", "fingerprint", "pk", "member", "invitation", "webhook", "delivery", "report"})
"""Arguments that name something inside a project."""

MODEL = {"version": "1.2", "ensemble": True, "model_components": [{"programming_languages": ["R"]}]}
"""A trained model with something that a suggested fix repairs."""


@pytest.fixture
def project() -> Project:
    """A project in which everything is there once that has an id."""
    return sample("churn", checks=1)


@pytest.fixture
def everybody(project: Project) -> dict[str, Client]:
    """Who → a browser in which they are logged in."""
    people = {name: make_member(project, role) for name, role in ROLES.items()}
    SavedView.objects.update(owner=people["owner"])
    people |= {"stranger": make_user(), "admin": make_user(is_staff=True, is_superuser=True)}
    for version in OwnRuleVersion.objects.all():
        DryRun.objects.bulk_create(DryRun(version=version, requested_by=user) for user in people.values())
    clients = {"anonymous": Client(raise_request_exception=False)}
    for name, user in people.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(user)
    return clients


def sample(name: str, checks: int) -> Project:
    """A checked project with two findings, a decision about one that waits, a view, an invitation, a webhook."""
    project = make_project(name=name)
    for number in range(checks):
        make_revision(project, "trained_model", {**MODEL, "model_name": f"m{number}"})
        check = checked(project, found(name, severity="critical"), fixable(project))
    author = project.members.get()
    decide_findings(
        project=project,
        check=check,
        fingerprints=[fingerprint(name)],
        terms=Terms("accept", "Known."),
        by=author,
    )
    SavedView.objects.create(project=project, owner=author, kind="mismatch", name="Worst")
    for where in (project, None):
        if not OwnRule.objects.filter(everywhere=True).exists():
            write_version(rule=None, project=where, source=TEMPLATE, by=author)
    invite(project=project, role=Role.VIEWER, by=author)
    ReportFile.objects.create(
        project=project, requested_by=author, kind="mismatch", format="pdf", state="done", content=b"%PDF-"
    )
    link(project)
    hook, _ = add_webhook(project=project, by=author, name="Chat", url="https://example.org/", kinds=[])
    try_webhook(hook=hook, by=author)
    return project


def link(project: Project) -> None:
    """A repository, a sync that waits, and a document that differs from its file."""
    repository = Repository.objects.create(
        project=project, url="https://git.example.org/r.git", hook=project.slug
    )
    number = Check.objects.filter(project=project).count()
    Sync.objects.create(repository=repository, number=number)
    FollowedDocument.objects.create(
        repository=repository,
        descriptor="trained_model",
        name="trained_model.json",
        result="differs",
        offered='{"version": "1.2"}',
    )


def fixable(project: Project) -> Finding:
    """The finding that a fix is suggested for."""
    return next(each for each in now(project).report.findings if each.rule == "ensemble-contradicted")


def ids(project: Project) -> dict[str, Any]:
    """What the arguments of routes stand for unless a line says otherwise."""
    return {
        "slug": project.slug,
        "descriptor": "trained_model",
        "number": Check.objects.filter(project=project).count(),
        "fingerprint": fingerprint(project.slug),
        "pk": SavedView.objects.get(project=project).pk,
        "member": Membership.objects.filter(project=project)[0].pk,
        "invitation": Invitation.objects.get(project=project).pk,
        "webhook": project.webhooks.get().pk,
        "delivery": project.webhooks.get().deliveries.get().pk,
        "revision": 1,
        "vocabulary": "item_types",
        "term": VocabularyTerm.objects.filter(list="item_types")[0].pk,
        "version": "1.2",
        "gate": "deploy",
        "saved_view": SavedView.objects.get(project=project).pk,
        "username": Membership.objects.filter(project=project)[0].user.get_username(),
        "kind": "mismatch",
        "report": ReportFile.objects.get(project=project).pk,
    }


def test_everybody_is_answered_as_the_table_says(project: Project, everybody: dict[str, Client]) -> None:
    known = ids(project)
    fixed = {"fingerprint": fixable(project).fingerprint}
    special = {"fix": fixed, "api-fix": fixed}
    body = {"decision-approve": f"decision={Decision.objects.get().pk}"}
    wrong = []
    for line in LINES:
        path = line.path({**known, **special.get(line.name, {})}, NAMED[line.name].arguments)
        query = body.get(line.name, line.query)
        for who, client in everybody.items():
            told, expected = answer(client, line.method, path, query), ROWS[line.row][who]
            if told != expected:
                wrong.append(f"{line} as {who}: {told} instead of {expected} ({path})")

    assert "\n".join(wrong) == ""


def test_every_route_is_in_the_table() -> None:
    patterns = {NAMED[line.name].pattern for line in LINES}

    assert [f"{route.name} {route.pattern}" for route in ROUTES if route.pattern not in patterns] == []


def test_no_line_is_about_a_route_that_is_gone() -> None:
    assert {line.name for line in LINES} <= set(NAMED)


def test_a_project_hides_all_its_addresses_from_strangers() -> None:
    """What does not ask `project_for` has no business below a project."""
    inside = {route.name for route in ROUTES if route.in_a_project}

    assert [str(line) for line in LINES if line.name in inside and ROWS[line.row]["stranger"] != "404"] == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_table_does_not_name_is_no_method_of_a_route_in_a_project(
    project: Project, everybody: dict[str, Client], method: str
) -> None:
    asked = {NAMED[line.name].pattern for line in LINES if line.method == method}
    others = [
        line for line in LINES if NAMED[line.name].in_a_project and NAMED[line.name].pattern not in asked
    ]
    told = {}
    for line in {NAMED[line.name].pattern: line for line in others}.values():
        path = line.path(ids(project), NAMED[line.name].arguments)
        told[line.name] = answer(everybody["owner"], method, path, "")

    assert {name: word for name, word in told.items() if word != "405"} == {}


def test_an_id_of_another_project_is_not_found(project: Project, everybody: dict[str, Client]) -> None:
    """Owner of both, one asks in the first for what only the second has."""
    other = sample("fraud", checks=3)
    Membership.objects.create(project=other, user=project.members.last(), role=Role.OWNER)
    owner = everybody["owner"]
    mixed = {**ids(other), "slug": project.slug}
    nested = [line for line in LINES if NAMED[line.name].in_a_project and IDS & NAMED[line.name].arguments]

    told = {
        str(line): answer(owner, line.method, line.path(mixed, NAMED[line.name].arguments), line.query)
        for line in nested
    }

    assert {line: word for line, word in told.items() if word != "404"} == {}


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_a_document_is_edited_by_its_owner_and_the_teams_of_the_matrix(descriptor, project, everybody):
    let_in = {
        who
        for who, client in everybody.items()
        if answer(client, "GET", f"/projects/{project.slug}/descriptors/{descriptor}/import/", "") == "ok"
    }

    assert let_in == {"owner", "admin", *(who for who, role in ROLES.items() if role in EDITORS[descriptor])}


def test_the_pages_of_the_admin_are_for_admins(everybody: dict[str, Client]) -> None:
    term = VocabularyTerm.objects.order_by("pk")[0]
    known = {"object_id": term.pk, "id": term.pk, "app_label": "auth", "content_type_id": 1, "url": "nothing"}
    behind = [route for route in ADMIN if route.name not in {"", "admin:login", "admin:logout"}]
    assert len(behind) > 20

    wrong = []
    for line, route in ((Line("GET", route.name, "site", {}, ""), route) for route in behind):
        for who, client in everybody.items():
            told = answer(client, "GET", line.path(known, route.arguments), "")
            if told != "in" if who != "admin" else told == "in" or told.startswith("5"):
                wrong.append(f"{line} as {who}: {told}")

    assert "\n".join(wrong) == ""
