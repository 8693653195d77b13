"""What is said about persons in the data."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import field
from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def said(anonymization: str = "", policies: str = "", *fields: Any, trained: Any = None) -> Documents:
    found = {
        "raw_data": {"version": "1.2", "anonymization": anonymization, "schema": list(fields)},
        "system_context": {"version": "1.2", "data_rights_policies": policies},
    }
    return found | ({"training_data": {"version": "1.2", "schema": [trained]}} if trained else {})


NONE = "MSISDN pseudonymised; no names, no addresses"
FIELD = "raw_data/schema/0/field_name raw_data/anonymization"

test_nobody = silent(
    "identifier-in-spite-of-denial",
    {
        "nothing is denied": ("not-applicable", said("Names removed", "", field("CUST_NAME"))),
        "no such field": ("pass", said(NONE, "", field("tenure_months"))),
        "near miss: the name of a thing": (
            "pass",
            said(NONE, "", field("product_name"), field("sensor name")),
        ),
        "near miss: the name of a host": ("pass", said(NONE, "", field("name", about="Name of the host"))),
        "near miss: a hash": (
            "pass",
            said(NONE, "", field("customer_name", about="SHA-256 hash of the name")),
        ),
        "near miss: a token by its name": ("pass", said(NONE, "", field("customer_name_token"))),
        "near miss: an address of a machine": (
            "pass",
            said(NONE, "", field("ip_address", about="of the user")),
        ),
        "near miss: another thing": ("pass", said(NONE, "", field("email"))),
        "near miss: no names of files": (
            "not-applicable",
            said("", "No names of suppliers are published", field("full_name")),
        ),
        "near miss: no longer": ("not-applicable", said("No restrictions on names", "", field("full_name"))),
        "nothing": ("cannot-tell", {}),
    },
)

test_somebody = firing(
    "identifier-in-spite-of-denial",
    {
        "a name": ([f"minor {FIELD}"], said(NONE, "", field("CUST_NAME", about="Full name of the customer"))),
        "a surname": ([f"minor {FIELD}"], said("No names", "", field("last name"))),
        "in a list": ([f"minor {FIELD}"], said("Without names or e-mails; hashed key", "", field("Email"))),
        "by the policies": (
            ["minor raw_data/schema/0/field_name system_context/data_rights_policies"],
            said("", "Sensor data only, no phone numbers.", field("phone_number")),
        ),
        "in training": (
            ["minor training_data/schema/0/field_name raw_data/anonymization"],
            said("No dates of birth, no names", "", trained=field("date_of_birth")),
        ),
    },
)

test_not_denied = silent(
    "personal-data-denied",
    {
        "no personal data": ("pass", said("Not needed, no personal data", "No personal data")),
        "nothing denied": ("not-applicable", said("Customer number hashed", "GDPR Art. 6")),
        "near miss: anonymised": ("pass", said("Faces blurred, plates anonymised", "No personal data")),
        "near miss: a hash of a file": ("pass", said("File names hashed", "No personal data")),
        "near miss: a law that does not apply": ("pass", said("", "No personal data, GDPR not applicable")),
        "near miss: what stays in a place": (
            "not-applicable",
            said("Customers pseudonymised", "No personal data leave the EEA; no personal data in logs"),
        ),
        "near miss: not pseudonymised": ("pass", said("No pseudonyms needed", "No personal data")),
        "nothing": ("cannot-tell", {}),
        "nothing said": ("cannot-tell", said()),
    },
)

DENIED = "system_context/data_rights_policies"

test_denied = firing(
    "personal-data-denied",
    {
        "pseudonyms": (
            [f"minor {DENIED} raw_data/anonymization"],
            said("MSISDN pseudonymised with a key", "Company-internal; contains no personal data."),
        ),
        "in a sentence": (
            [f"minor {DENIED} raw_data/anonymization"],
            said("MSISDN pseudonymised", "No personal data are processed."),
        ),
        "a hashed person": (
            [f"minor {DENIED} raw_data/anonymization"],
            said("Customer number hashed (SHA-256)", "No personal data"),
        ),
        "a legal ground": (
            [f"minor {DENIED} raw_data/data_policies"],
            {
                "raw_data": {"version": "1.2", "data_policies": "GDPR Art. 6(1)(f), see LIA"},
                "system_context": {"version": "1.2", "data_rights_policies": "No PII"},
            },
        ),
    },
)


def test_the_messages_quote_the_denial():
    assert messages("identifier-in-spite-of-denial", said(NONE, "", field("surname"))) == [
        "“surname” holds names, but it is said: “no names”."
    ]
    assert messages("personal-data-denied", said("Patients pseudonymised", "No personal data")) == [
        "“No personal data” is said of data of which it is also said: “Patients pseudonymised”."
    ]
