"""Where the model is to run, against where its data may be."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent
from tests.mismatch.rules.test_x_governance import PLATFORM, Documents, context, platform, raw


def cloud(restrictions: Any) -> Documents:
    return platform("Cloud") | raw(restrictions=restrictions)


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
        "near miss: a device that a cloud manages": (
            "not-applicable",
            platform("Edge gateway in the plant, managed via Azure IoT")
            | raw(restrictions="Must not leave the plant"),
        ),
        "a private cloud": (
            "not-applicable",
            platform("Private cloud") | raw(restrictions="No public cloud"),
        ),
        "a cloud of one's own, in German": (
            "not-applicable",
            platform("OpenShift (eigene Cloud)") | raw(restrictions="On-premises only"),
        ),
        "no restriction to the cloud": ("pass", cloud("No cloud restriction")),
        "in the cloud only": ("pass", cloud("Restricted to the cloud; access by named persons")),
        "nowhere but in the cloud": ("pass", cloud("No processing outside the cloud of the group")),
        "near miss: the region that is meant": (
            "pass",
            platform("AWS eu-central-1") | raw(data_policies="No data may leave the EU region"),
        ),
        "near miss: a region elsewhere that nobody minds": (
            "pass",
            platform("AWS us-east-1") | raw(data_policies="Made in Germany"),
        ),
        "near miss: us, the people": (
            "pass",
            platform("Cloud, run by us") | raw(data_policies="Only for customers within the EU"),
        ),
        "near miss: a copy there": (
            "pass",
            platform("AWS us-east-1") | raw(data_policies="A copy is stored in the EU"),
        ),
        "near miss: a copy on the premises": (
            "pass",
            platform("Cloud") | raw(data_policies="A copy may stay on premises"),
        ),
        "near miss: a centre of somebody": (
            "pass",
            platform("AWS us-east-1") | raw(data_policies="Verarbeitung im Rechenzentrum des Anbieters"),
        ),
        "near miss: a city of the region": (
            "pass",
            platform("AWS, Dublin region") | raw(data_policies="Data stay in the EEA"),
        ),
        "near miss: what is collected there": (
            "pass",
            platform("AWS us-east-1") | raw(data_policies="Collected and stored in Germany and Canada"),
        ),
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
        "they stay": (
            [f"major {PLATFORM} system_context/data_rights_policies"],
            platform("Azure, West US 2") | context("Ethics vote 2021. Health data stay on premises."),
        ),
        "a data centre of one's own": (
            [f"major {PLATFORM} raw_data/data_rights"],
            platform("AWS Fargate, us-east-1")
            | raw(data_rights="Auftragsverarbeitung durch das eigene Rechenzentrum"),
        ),
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
        "data that stay elsewhere": (
            [f"major {PLATFORM} system_context/data_rights_policies"],
            platform("GCP us-central1 (Iowa)") | context("GDPR Art. 6. Data stay in the EEA."),
        ),
        "another region": (
            [f"major {PLATFORM} raw_data/restrictions"],
            platform("Cloud (AWS us-east-1)") | raw(restrictions="EU region only"),
        ),
        "a region that data may not leave": (
            [f"major {PLATFORM} system_context/data_rights_policies"],
            platform("Azure Southeast Asia, Singapore") | context("No data may leave the EU."),
        ),
        "a region": ([f"info {PLATFORM} raw_data/restrictions"], cloud("EU region only")),
    },
)


def test_the_message_quotes_what_the_restriction_says():
    assert messages("cloud-against-restriction", cloud("Class C3. On-premises storage only")) == [
        "The model is to run on “Cloud”, but a restriction says “on premises storage only”."
    ]
