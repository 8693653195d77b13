"""What the project may do with its data, against what it does."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, silent

Documents = dict[str, Any]


def platform(name: Any) -> Documents:
    return {"production_environment": {"version": "1.2", "deployment_platform": name, "other_logs": []}}


def raw(**fields: Any) -> Documents:
    return {"raw_data": {"version": "1.2", "dataset_name": "Visits"} | fields}


def context(said: Any) -> Documents:
    return {"system_context": {"version": "1.2", "data_rights_policies": said}}


PLATFORM = "production_environment/deployment_platform"

ANONYMISED = "raw_data/anonymization"

test_anonymised = silent(
    "personal-data-not-anonymised",
    {
        "no raw data": ("cannot-tell", context("GDPR")),
        "nothing personal": ("not-applicable", raw(data_policies="Weather data must not be published.")),
        "denied": ("not-applicable", raw(data_policies="Receipts carry no personal data")),
        "not applicable": ("not-applicable", raw(data_policies="GDPR does not apply")),
        "described": ("pass", raw(data_policies="GDPR", anonymization="Names removed")),
        "not needed": ("pass", raw(data_policies="GDPR", anonymization="None needed")),
        "a name that only looks like it": ("not-applicable", raw(schema=[{"field_name": "phone model"}])),
    },
)

test_not_anonymised = firing(
    "personal-data-not-anonymised",
    {
        "by law": (
            [f"info {ANONYMISED} system_context/data_rights_policies"],
            raw() | context("Health data under GDPR Art. 9"),
        ),
        "in words": (
            [f"info {ANONYMISED} raw_data/restrictions"],
            raw(restrictions="Personal data. Named persons only.", anonymization="  "),
        ),
        "a field": (
            [f"info {ANONYMISED} production_data/schema/1/field_name"],
            raw() | {"production_data": {"version": "1.2", "schema": [{}, {"field_name": "E-Mail"}]}},
        ),
    },
)

test_rights_for_operation = silent(
    "research-data-in-operation",
    {
        "no rights": ("cannot-tell", platform("Cloud") | raw()),
        "no platform": ("cannot-tell", platform("") | raw(data_rights="Research only")),
        "internal use": ("pass", platform("Cloud") | raw(data_rights="Internal use")),
        "a place of research": ("pass", platform("Cloud") | raw(restrictions="Research network only")),
        "a contract about research": ("pass", platform("Cloud") | raw(data_rights="Research contract 7-22")),
        "not for research only": (
            "pass",
            platform("Cloud") | raw(data_rights="Not limited to research purposes only"),
        ),
        "commercial use": ("pass", platform("Cloud") | raw(data_rights="Commercial use allowed")),
    },
)

test_rights_for_research = firing(
    "research-data-in-operation",
    {
        "not commercial": (
            [f"minor {PLATFORM} raw_data/data_rights"],
            platform("Cloud") | raw(data_rights="CC BY-NC 4.0, non-commercial use"),
        ),
        "research": (
            [f"minor {PLATFORM} raw_data/restrictions"],
            platform("Local Server") | raw(restrictions="For research purposes only"),
        ),
    },
)


def learnt(about: str = "", *steps: str) -> Documents:
    details = [{"data_processing_detail": step} for step in steps]
    schema = [{"field_name": "text", "field_description": about}]
    return {"training_data": {"version": "1.2", "schema": schema, "preparation_process": details}}


MASKED = "Personal data are masked before training"
POLICIES = "system_context/data_rights_policies"

test_anonymised_as_promised = silent(
    "anonymisation-denied",
    {
        "masked": ("pass", raw(anonymization="Names masked") | context(MASKED) | learnt("Text, masked")),
        "near miss: none needed": ("pass", raw(anonymization="None needed") | context(MASKED)),
        "near miss: no personal data": ("pass", raw(anonymization="No personal data") | context(MASKED)),
        "near miss: no names": ("pass", raw(anonymization="None of the texts has a name") | context(MASKED)),
        "near miss: done after all": ("pass", raw(anonymization="Not names: pseudonyms") | context(MASKED)),
        "near miss: nothing promised": (
            "not-applicable",
            raw(anonymization="None") | context("GDPR applies") | learnt("not masked"),
        ),
        "near miss: promised if possible": (
            "not-applicable",
            raw(anonymization="None") | context("Data are masked where possible"),
        ),
        "near miss: a promise denied": (
            "not-applicable",
            raw(anonymization="None") | context("Data need not be anonymised"),
        ),
        "near miss: a part of a picture": (
            "pass",
            raw() | context(MASKED) | learnt("", "Keeps the unmasked area"),
        ),
        "near miss: another mask": ("pass", raw() | context(MASKED) | learnt("Clear sky, without mask")),
        "no raw data": ("cannot-tell", context(MASKED)),
    },
)

test_anonymised_and_not = firing(
    "anonymisation-denied",
    {
        "nothing done": ([f"minor {ANONYMISED} {POLICIES}"], raw(anonymization="None") | context(MASKED)),
        "in other words": (
            [f"minor {ANONYMISED} {POLICIES}"],
            raw(anonymization="Keine Anonymisierung, Originaltexte") | context(MASKED),
        ),
        "headers kept": (
            [f"minor {ANONYMISED} raw_data/restrictions"],
            raw(anonymization="None, headers are kept as they are", restrictions="no re-identification"),
        ),
        "a field that is not masked": (
            [f"minor training_data/schema/0/field_description {POLICIES}"],
            raw() | context(MASKED) | learnt("Plain text as received, not masked"),
        ),
        "a step that does nothing": (
            [f"minor training_data/preparation_process/0/data_processing_detail {ANONYMISED}"],
            raw(anonymization="Names pseudonymised") | learnt("", "Mails in clear text"),
        ),
    },
)
