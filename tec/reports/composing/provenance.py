"""What a report rests on: revisions, rules and the state of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from descriptors.catalogue import DESCRIPTORS, NAMES
from tec.reports.composing.support import moment, tec_version
from tec.reports.paper import CODE, NUMBER, STRONG, Column, Facts, Section, Table

if TYPE_CHECKING:
    from tec.reports.gathering import Subject


def provenance(subject: Subject) -> Section:
    columns = (
        Column("Document", STRONG, 4),
        Column("Revision", NUMBER, 2),
        Column("Schema", share=2),
        Column("Saved", share=5),
        Column("By", share=3),
        Column("Digest", CODE, 5),
    )
    rows = tuple(
        (
            NAMES[read.descriptor],
            str(read.number),
            read.schema_version or "none",
            moment(read.saved),
            read.author or "–",
            read.digest[:16],
        )
        for read in subject.read
    )
    absent = [NAMES[name] for name in DESCRIPTORS if name not in subject.documents]
    check = subject.check
    facts = [
        (
            "Check",
            f"{check.number}, started {moment(check.started_at)}, finished {moment(check.finished_at)}",
        ),
        ("Absent", ", ".join(absent)),
        ("Input digest", check.input_digest),
        ("Rules digest", check.rules_digest),
        ("Profile", subject.profile.name if subject.profile else ""),
        ("Profile digest", subject.profile.digest if subject.profile else ""),
        ("Rules now", "the same" if subject.same_rules else "others than this check ran with"),
        ("Audit log", subject.audit_head),
        ("Decisions", f"judged as of {subject.day:%-d %B %Y}"),
        ("Made by", f"TEC {tec_version()}"),
    ]
    blocks = (
        Table(columns, rows, "The revisions that were checked"),
        Facts(tuple(row for row in facts if row[1])),
    )
    lede = "The same revisions under the same rules give the same findings; the digests tell."
    return Section("What this report rests on", blocks, "provenance", lede=lede)
