"""What the project may do with its data, against what it does."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def platform(name: Any) -> Documents:
    return {"production_environment": {"version": "1.2", "deployment_platform": name, "other_logs": []}}


def raw(**fields: Any) -> Documents:
    return {"raw_data": {"version": "1.2", "dataset_name": "Visits"} | fields}


def context(said: Any) -> Documents:
    return {"system_context": {"version": "1.2", "data_rights_policies": said}}


def cloud(restrictions: Any) -> Documents:
    return platform("Cloud") | raw(restrictions=restrictions)


PLATFORM = "production_environment/deployment_platform"

test_cloud_allowed = silent(
    "cloud-against-restriction",
    {
        "nothing said": ("cannot-tell", cloud("")),
        "no restrictions": ("cannot-tell", cloud("None")),
        "no platform": ("cannot-tell", platform("") | raw(restrictions="On-premises only")),
        "a server of one's own": (
            "not-applicable",
            platform("Local Server") | raw(restrictions="On-premises only"),
        ),
        "a private cloud": (
            "not-applicable",
            platform("Private cloud") | raw(restrictions="No public cloud"),
        ),
        "no restriction to the cloud": ("pass", cloud("No cloud restriction")),
        "in the cloud only": ("pass", cloud("Restricted to the cloud; access by named persons")),
        "nowhere but in the cloud": ("pass", cloud("No processing outside the cloud of the group")),
        "another sentence": ("pass", cloud("Cloud processing is allowed; not for third parties")),
        "no place": ("pass", cloud("Internal")),
        "a policy about something else": (
            "pass",
            platform("Cloud") | raw(data_policies="Weather data must not be published."),
        ),
        "not on premises": (
            "pass",
            platform("Cloud") | raw(data_policies="Processing not on premises"),
        ),
    },
)

test_cloud_forbidden = firing(
    "cloud-against-restriction",
    {
        "on premises": ([f"major {PLATFORM} raw_data/restrictions"], cloud("On-premises storage only")),
        "no cloud": (
            [f"major {PLATFORM} system_context/data_rights_policies"],
            platform("AWS") | context("Health data under GDPR Art. 9; class IIa; no cloud processing."),
        ),
        "not allowed": ([f"major {PLATFORM} raw_data/restrictions"], cloud("Cloud use is not allowed.")),
        "a data centre": (
            [f"major {PLATFORM} raw_data/restrictions"],
            cloud("Personal data. Bank data centre only, access by named persons."),
        ),
        "a network": ([f"major {PLATFORM} raw_data/restrictions"], cloud("Research network only")),
        "must not leave": (
            [f"major {PLATFORM} raw_data/data_policies"],
            platform("Azure") | raw(data_policies="Frames must not leave the plant"),
        ),
        "air-gapped": ([f"major {PLATFORM} raw_data/restrictions"], cloud("Air-gapped machines")),
        "must stay": ([f"major {PLATFORM} raw_data/restrictions"], cloud("Data must remain on premises")),
        "a region": ([f"info {PLATFORM} raw_data/restrictions"], cloud("EU region only")),
    },
)

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


def test_the_message_quotes_what_the_restriction_says():
    assert messages("cloud-against-restriction", cloud("Class C3. On-premises storage only")) == [
        "The model is to run on “Cloud”, but a restriction says “on premises storage only”."
    ]
