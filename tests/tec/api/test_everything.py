"""Everything that a page does, a program can do; the exceptions stand in docs/api.md."""

from __future__ import annotations

from tests.tec.routes import routes

TABLE = """
# page                      over the API, or why not

home                        api-tasks
project-list                api-projects
project-create              api-projects
project-detail              api-project api-descriptors api-checks api-findings
project-edit                api-project
project-archive             api-project-archive
project-restore             api-project-restore
project-delete              api-project
member-list                 api-members api-invitations
member-add                  api-members
member-invite               api-invitations
member-leave                api-member
member-detail               api-member
member-remove               api-member
invitation-withdraw         api-invitation
project-rights              api-rights
inbox                       api-inbox
inbox-notice                api-inbox-read
inbox-read                  api-inbox-read
inbox-wishes                api-inbox-wishes
webhook-list                api-webhooks
webhook-add                 api-webhooks
webhook-detail              api-webhook api-deliveries
webhook-edit                api-webhook
webhook-do                  api-webhook-try api-webhook-secret api-webhook
webhook-again               api-delivery-again
project-import              api-import
project-export              api-export
project-history             api-project-revisions
project-state               api-state
project-state-export        api-state-export
project-audit               api-audit
project-audit-export        api-audit-export
site-audit                  api-site-audit
site-audit-export           api-site-audit-export
descriptor-detail           api-descriptor
descriptor-draft            only: a draft
descriptor-review           only: a draft
descriptor-resolve          only: a draft
descriptor-choices          only: choices while one types
descriptor-json             api-descriptor
descriptor-import           api-upgrade api-descriptor
descriptor-export           api-descriptor
descriptor-clear            api-descriptor
descriptor-history          api-revisions
revision-compare            api-revision-changes
descriptor-blame            api-fields
revision-detail             api-revision api-revision-document
revision-restore            api-revision-restore
repository                  api-repository api-syncs
repository-link             api-repository
repository-unlink           api-repository
repository-sync             api-syncs
sync-detail                 api-sync
sync-progress               api-sync
repository-hook-secret      api-repository-webhook
repository-host-key         api-host-key
repository-difference       api-git-difference
repository-hook             only: for Git hosts
check-list                  api-checks
check-start                 api-checks
check-detail                api-check api-check-findings
check-progress              api-check
mismatch-list               api-findings
missing-list                api-findings
finding-detail              api-finding api-comments
finding-comment             api-comments
decide                      api-decisions
decision-approve            api-approve
decision-withdraw           api-withdraw
finding-assign              api-assignments
view-save                   api-views
view-delete                 api-view
compare                     api-compare
baseline                    api-baseline
gate                        api-gate
report-list                 api-reports
report-made                 api-report-row
report-view                 api-report
report-file                 api-report-file
check-rules                 api-check
project-rules               api-profile
project-rules-file          api-profile
project-rules-import        api-profile
project-rule                api-profile
project-own-rules           api-own-rules
project-own-rule-new        api-own-rules api-own-rule-try
project-own-rule            api-own-rule api-own-rule-active
project-own-rule-dry-run    api-own-rule-dry-run
project-own-rule-next       api-own-rule-versions
organisation-own-rules      api-organisation-own-rules
organisation-own-rule-new   api-organisation-own-rules api-organisation-own-rule-try
organisation-own-rule       api-organisation-own-rule api-organisation-own-rule-active
organisation-own-rule-dry-run api-organisation-own-rule-dry-run
organisation-own-rule-next  api-organisation-own-rule-versions
organisation-rules          api-organisation-profile
organisation-rules-file     api-organisation-profile
organisation-rules-import   api-organisation-profile
organisation-rule           api-organisation-profile
ignore-export               api-export-ignore
ignore-import               api-import-ignore
fit                         api-fit
traceability                api-traceability
fix                         api-fix
rule-list                   api-rules
rule-detail                 api-rule
resources                   only: explains
relationships               only: explains
schema-changelog            only: explains
schema-errata               only: explains
about                       only: explains
styleguide                  only: explains
appearance                  only: looks
api-docs                    only: explains
setup                       only: who somebody is
join                        only: who somebody is
healthz                     only: for probes
readyz                      only: for probes
"""
"""Pages below accounts/ and admin/ are about who somebody is, and who there is, but for vocabularies."""

LINES = {
    page: over.split()
    for line in TABLE.splitlines()
    if line.strip() and not line.startswith("#")
    for page, _, over in [line.partition(" ")]
}
NAMED = {each.name for each in routes()}


def test_every_page_has_something_in_the_api_or_a_reason() -> None:
    pages = {
        each.name
        for each in routes()
        if not each.pattern.startswith(("accounts/", "admin/")) and not each.name.startswith("api-")
    }

    assert pages - LINES.keys() == set()
    assert LINES.keys() - pages == {"api-docs"}


def test_what_the_table_names_is_there() -> None:
    over = {name for names in LINES.values() if names[0] != "only:" for name in names}

    assert over - NAMED == set()
