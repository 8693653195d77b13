"""Faults and harmless edits in a project of a hospital and in one of three languages: thorax and mails."""

from __future__ import annotations

from typing import Any

from benchmarks.faults import GONE, Fault, fault

THORAX = (
    fault(
        "thorax",
        "frames of half the size expected",
        {"dp/input_spec/0/item_specification/resolution_x": 1024}
        | {"dp/input_spec/0/item_specification/resolution_y": 1024},
        "dp/input_spec/0",
        "de/upstream_components/0/output_spec/0",
    ),
    fault(
        "thorax",
        "colour frames from the gateway",
        {"de/upstream_components/0/output_spec/0/expected_values": "24-bit RGB PNG, 2048 x 2048"},
        "dp/input_spec/0",
        "de/upstream_components/0/output_spec/0",
    ),
    fault(
        "thorax",
        "overlays as JPEG",
        {"de/downstream_components/1/input_spec/0/expected_values": "512x512 RGB JPEG"},
        "tm/final_output_spec/3",
        "de/downstream_components/1/input_spec/0",
    ),
    fault(
        "thorax",
        "ages in months",
        {
            "de/upstream_components/0/output_spec/2/item_description": "Age in months",
            "de/upstream_components/0/output_spec/2/expected_values": "216–1260",
        },
        "dp/input_spec/2",
        "de/upstream_components/0/output_spec/2",
    ),
    fault(
        "thorax",
        "volts instead of kilovolts",
        {
            "pd/schema/3/field_description": "Tube voltage in V",
            "pd/schema/3/expected_values": "50,000–150,000",
        },
        "pd/schema/3",
        "td/schema/3",
    ),
    fault("thorax", "lateral views in production", {"pd/schema/1/expected_values": "PA | AP | LL"}),
    fault(
        "thorax",
        "trained on PA only",
        {"td/schema/1/expected_values": "PA"},
        "td/schema/1",
        "pd/schema/1",
    ),
    fault(
        "thorax",
        "a digit too few in the archive",
        {"rd/number_of_instances": 21187},
        "rd/number_of_instances",
        "td/dataset_description",
        "sc/available_data",
    ),
    fault("thorax", "nearly half held out", {"tm/evaluation_dataset/holdout_percentage": 45}),
    fault(
        "thorax",
        "tested with the validation split",
        {"tm/test_dataset/file": "\\\\nas01.klinik.example\\radai\\splits\\v7\\val.csv"},
        "tm/test_dataset",
        "tm/evaluation_dataset",
    ),
    fault(
        "thorax",
        "split by image, patients in both halves",
        {"td/dataset_description": "148,312 studies of 81,206 patients (70 %), split by image. Multi-label."},
        "td/dataset_description",
        "tm/evaluation_dataset/algorithm",
    ),
    fault("thorax", "too few pneumothoraces found", {"tm/test_metrics/1/result": 0.84}),
    fault(
        "thorax",
        "a false positive rate that the text knows otherwise",
        {
            "tm/test_dataset/test_results": "31,781 studies: AUROC (macro) 0.947, sensitivity for PTX 91.8 %,"
            " FPR 8.5 %."
        },
        "tm/test_dataset/test_results",
        "tm/test_metrics/2",
    ),
    fault(
        "thorax",
        "a tenth less in the test",
        {
            "tm/test_metrics/0/result": 0.847,
            "tm/algorithm_metrics/2/threshold": 0.8,
            "tm/test_dataset/test_results": "AUROC (macro) 0.847",
        },
        "tm/test_metrics/0",
        "tm/evaluation_metrics/0",
    ),
    fault(
        "thorax",
        "eighteen seconds",
        {"tm/inference_time": {"time": 18, "unit": "Seconds"}},
        "tm/inference_time",
        "pe/required_inference_time",
    ),
    fault(
        "thorax",
        "a box without a GPU",
        {
            "pe/computing_resources/gpu": 0,
            "pe/deployment_platform": "Edge box in the radiology server room, Ubuntu 22.04, Docker",
        },
        "pe/computing_resources/gpu",
        "tm/computing_resource_reqs/gpu",
    ),
    fault(
        "thorax",
        "inferences kept for a month",
        {"pe/model_logs/0/implementation": "JSONL on the edge box, rotated after 30 d"},
        "pe/model_logs/0",
        "tm/log_data/0",
    ),
    fault(
        "thorax",
        "in a cloud, though data stay on premises",
        {"pe/deployment_platform": "Azure Kubernetes Service, West US 2, NVIDIA T4"},
        "pe/deployment_platform",
        "sc/data_rights_policies",
    ),
    fault(
        "thorax",
        "trained before the export",
        {"tm/training_date": "17.11.2023"},
        "tm/training_date",
        "rd/metadata/collection_date",
    ),
    fault(
        "thorax",
        "developed with another PyTorch",
        {"de/ml_frameworks/0": "PyTorch 1.13"},
        "de/ml_frameworks/0",
        "tm/ml_frameworks/0",
        "tm/system_dependencies/1",
    ),
    fault(
        "thorax",
        "fractures instead of pneumothoraces",
        {"pd/distribution/5/label": "Fracture"},
        "pd/distribution/5",
        "td/distribution/5",
    ),
    fault(
        "thorax",
        "a worklist that counts in per cent",
        {"de/downstream_components/0/input_spec/2/expected_values": "0…100 (%)"},
        "de/downstream_components/0/input_spec/2",
        "tm/final_output_spec/2",
    ),
    fault(
        "thorax",
        "more studies than the box can read",
        {"pd/data_rates": "ca. 42,000 studies per day, peak 4,000/h"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault("thorax", "children in production", {"pd/schema/2/expected_values": "0–105"}),
    fault(
        "thorax",
        "another limit for urgent studies",
        {"tm/model_output_interpretation": "A PTX score of 0.50 or more puts the study on top of the list."},
        "tm/model_output_interpretation",
        "tm/post_processing_process",
    ),
    fault(
        "thorax",
        "names in the headers",
        {"rd/anonymization": "None, the DICOM headers are kept as they are"},
        "rd/anonymization",
        "sc/data_rights_policies",
        "rd/restrictions",
    ),
    fault(
        "thorax",
        "a worklist with short identifiers",
        {"de/downstream_components/0/input_spec/1/expected_values": "max. 16 chars"},
        "de/downstream_components/0/input_spec/1",
        "tm/final_output_spec/1",
    ),
    fault(
        "thorax",
        "a network for smaller images",
        {"tm/model_components/0/hyper_parameters/1/parameter_value": "512 x 512 x 1"},
        "tm/model_components/0",
        "dp/pipeline_steps/2",
    ),
    fault(
        "thorax",
        "an overlay that the PACS does not know",
        {"tm/final_output_spec/3/component_mapping/data_item": "structured_report"},
    ),
)

LABELS = (
    "address_change, bank_details, invoice_query, payment_reminder, contract_cancel, contract_new, claim_new,"
    " claim_status, damage_docs, {}data_subject_request, premium_question, spam, other"
)

MAILS = (
    fault("mails", "two thousand characters only", {"dp/input_spec/2/item_specification/max_length": 2000}),
    fault(
        "mails",
        "subjects as long as the standard allows",
        {"de/upstream_components/0/output_spec/1/expected_values": "max. 998 caractères"},
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault("mails", "Spanish mails", {"pd/schema/2/expected_values": "de, fr, it, en, es"}),
    fault(
        "mails",
        "MD5 instead of SHA-256",
        {
            "de/upstream_components/0/output_spec/0/item_description": "MD5, hexadécimal",
            "de/upstream_components/0/output_spec/0/expected_values": "32 caractères",
        },
        "de/upstream_components/0/output_spec/0",
        "dp/input_spec/0",
    ),
    fault(
        "mails",
        "Latin-1 in production",
        {"pd/schema/1/field_description": "Text (ISO-8859-1), maskiert"},
        "pd/schema/1",
        "dp/input_spec/2",
        "de/upstream_components/0/output_spec/2",
    ),
    fault(
        "mails",
        "a head for twelve classes",
        {"tm/model_components/0/hyper_parameters/4/parameter_value": "12"},
        "tm/model_components/0",
        "td/distribution",
    ),
    fault(
        "mails",
        "a model of 256 tokens",
        {"tm/model_components/0/hyper_parameters/0/parameter_value": "256 tokens"},
        "tm/model_components/0",
        "dp/pipeline_steps/3",
    ),
    fault(
        "mails",
        "a queue without complaints",
        {"de/downstream_components/0/input_spec/1/expected_values": LABELS.format("")},
        "de/downstream_components/0/input_spec/1",
        "td/distribution/9",
        "tm/final_output_spec/1",
    ),
    fault(
        "mails",
        "teams of sixteen characters",
        {"de/downstream_components/0/input_spec/2/expected_values": "max. 16 chars"},
        "de/downstream_components/0/input_spec/2",
        "tm/final_output_spec/2",
    ),
    fault(
        "mails",
        "a bar from 0 to 100",
        {"de/downstream_components/1/input_spec/0/expected_values": "0 bis 100"},
        "de/downstream_components/1/input_spec/0",
        "tm/final_output_spec/3",
    ),
    fault(
        "mails",
        "disputes that the model does not know",
        {"pd/distribution/13/label": "legal_dispute"},
        "pd/distribution/13",
        "td/distribution/13",
    ),
    fault(
        "mails",
        "a wave of claims",
        {
            "pd/distribution/6/percentage": 34.5,
            "pd/distribution/7/percentage": 2.4,
            "pd/distribution/2/percentage": 1.9,
        },
        "pd/distribution/6",
        "td/distribution/6",
        "pd/distribution/7",
        "pd/distribution/2",
        "pd/distribution",
    ),
    fault("mails", "not accurate enough", {"tm/test_metrics/0/result": 0.79}),
    fault(
        "mails",
        "digits exchanged in the text",
        {"tm/test_dataset/test_results": "31'200 mails: accuracy 80,9 %, macro F1 0,869."},
        "tm/test_dataset/test_results",
        "tm/test_metrics/0",
    ),
    fault(
        "mails",
        "another limit for the machine",
        {
            "tm/model_output_interpretation": "Confidence is calibrated. From 0.60 on the mail is routed"
            " automatically."
        },
        "tm/model_output_interpretation",
        "tm/post_processing_process",
    ),
    fault(
        "mails",
        "routes kept for a month",
        {"pe/model_logs/0/implementation": "Elasticsearch (ILM), 30 Tage"},
        "pe/model_logs/0",
        "tm/log_data/0",
    ),
    fault(
        "mails",
        "four seconds a mail",
        {"tm/inference_time": {"time": 4, "unit": "Seconds"}},
        "tm/inference_time",
        "pe/required_inference_time",
    ),
    fault(
        "mails",
        "a model that needs a GPU",
        {"tm/computing_resource_reqs/gpu": 1},
        "tm/computing_resource_reqs/gpu",
        "pe/computing_resources/gpu",
    ),
    fault(
        "mails",
        "nine thousand a minute",
        {"pd/data_rates": "rund 9'000 Mails pro Minute"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault(
        "mails",
        "trained with what customers wrote, unmasked",
        {
            "td/schema/1/field_description": "Plain text as received, not masked",
            "td/preparation_process/0/data_processing_detail": "None: the text is used as received",
        },
        "td/schema/1",
        "td/preparation_process",
        "sc/data_rights_policies",
        "rd/anonymization",
    ),
    fault(
        "mails",
        "hosted in Virginia",
        {"pe/deployment_platform": "AWS Fargate, us-east-1"},
        "pe/deployment_platform",
        "rd/data_rights",
        "sc/data_rights_policies",
    ),
    fault(
        "mails",
        "exported before the last mail",
        {"rd/metadata/collection_date": "15.03.2024"},
        "rd/metadata",
    ),
    fault(
        "mails",
        "trained before the export",
        {"tm/training_date": "06.07.2024"},
        "tm/training_date",
        "rd/metadata/collection_date",
    ),
    fault(
        "mails",
        "the clerk's choice is not captured",
        {"pe/user_system_feedback/1": GONE},
        "tm/user_system_feedback/1",
        "pe/user_system_feedback",
    ),
    fault(
        "mails",
        "a third held out",
        {"tm/evaluation_dataset/holdout_percentage": 33},
        "tm/evaluation_dataset/holdout_percentage",
        "td/preparation_process/2",
    ),
    fault(
        "mails",
        "four hundred attachments",
        {"de/upstream_components/0/output_spec/3/expected_values": "0 à 400"},
        "de/upstream_components/0/output_spec/3",
        "dp/input_spec/3",
    ),
    fault(
        "mails",
        "a digit too few in the archive",
        {"rd/number_of_instances": 128400},
        "rd/number_of_instances",
        "sc/available_data",
        "td/dataset_description",
    ),
    fault(
        "mails",
        "as many misrouted as possible",
        {"tm/business_metrics/2/operator": "greater or equal than"},
        "tm/business_metrics/2",
    ),
    fault(
        "mails",
        "twelve intents in the task",
        {
            "sc/task": "Assign each incoming customer e-mail (DE/FR/IT/EN) to one of 12 intents and forward"
            " it to the right team."
        },
        "sc/task",
        "td/distribution",
    ),
)


VARIED: tuple[Fault, ...] = (
    fault(
        "thorax",
        "a validation of a quarter by its name",
        {"tm/evaluation_dataset/name": "CXR-VAL-7, 25 % of patients"},
        "tm/evaluation_dataset",
    ),
    fault(
        "thorax",
        "split at the level of images",
        {"td/dataset_description": "Random 60/20/20 split at image level, 127,124 studies. Multi-label."},
        "td/dataset_description",
        "tm/evaluation_dataset",
    ),
    fault(
        "thorax",
        "a limit that the model misses",
        {"tm/algorithm_metrics/0/threshold": 0.95},
        "tm/algorithm_metrics/0",
    ),
    fault(
        "thorax",
        "a second network for smaller images",
        {"tm/model_components/1/hyper_parameters/1/parameter_value": "768"},
        "tm/model_components/1",
    ),
    fault(
        "thorax",
        "grey overlays",
        {"de/downstream_components/1/input_spec/0/expected_values": "8-bit greyscale PNG, 512 x 512 px"},
        "de/downstream_components/1/input_spec/0",
        "tm/final_output_spec/3",
    ),
    fault(
        "thorax",
        "an audit trail of five years",
        {"pe/model_logs/1/implementation": "ATNA repository, deleted after 5 years"},
        "pe/model_logs/1",
    ),
    fault(
        "thorax", "twice the tube voltage", {"pd/schema/3/expected_values": "40 bis 300 kV"}, "pd/schema/3"
    ),
    fault(
        "thorax",
        "no pneumothorax in the label field",
        {"td/schema/4/expected_values": "Effusion, Cardiomegaly, Consolidation, Nodule"},
        "td/schema/4",
        "td/distribution/5",
    ),
    fault(
        "thorax",
        "two GPUs",
        {"tm/computing_resource_reqs/gpu": 2},
        "tm/computing_resource_reqs/gpu",
        "pe/computing_resources/gpu",
    ),
    fault(
        "thorax",
        "seven findings in the task",
        {"sc/task": "Sort adult chest X-rays into seven categories of findings."},
    ),
    fault(
        "thorax",
        "trained long before the export",
        {"tm/training_date": "May 2, 2022"},
        "tm/training_date",
        "rd/metadata",
    ),
    fault(
        "thorax", "data of the years to come", {"rd/metadata/timeframe": "01/2014 – 12/2025"}, "rd/metadata"
    ),
    fault(
        "thorax",
        "another area under the curve in the text",
        {"tm/test_dataset/test_results": "AUROC (macro) of 0.905, sensitivity (PTX) of 91.8 %"},
        "tm/test_dataset/test_results",
        "tm/test_metrics/0",
    ),
    fault(
        "mails", "short subjects", {"dp/input_spec/1/item_specification/max_length": 80}, "dp/input_spec/1"
    ),
    fault(
        "mails",
        "teams of twelve characters",
        {"de/downstream_components/0/input_spec/2/expected_values": "VARCHAR(12)"},
        "de/downstream_components/0/input_spec/2",
        "tm/final_output_spec/2",
    ),
    fault("mails", "trained without Italian", {"td/schema/2/expected_values": "de, fr, en"}, "td/schema/2"),
    fault(
        "mails",
        "read as UTF-16",
        {"dp/input_spec/2/item_description": "Corps du courriel (UTF-16), texte brut"},
        "dp/input_spec/2",
    ),
    fault(
        "mails",
        "another limit, in French",
        {"tm/model_output_interpretation": "À partir de 0,95 le courriel est transmis automatiquement."},
    ),
    fault(
        "mails",
        "routes kept for three months",
        {"pe/model_logs/0/implementation": "OpenSearch, conservation 90 jours"},
        "pe/model_logs/0",
    ),
    fault(
        "mails",
        "two and a half seconds a mail",
        {"tm/inference_time": {"time": 2500, "unit": "Milliseconds"}},
        "tm/inference_time",
        "pe/required_inference_time",
    ),
    fault(
        "mails",
        "another F1 in the text",
        {"tm/test_dataset/test_results": "31'200 mails: accuracy 90,8 %, F1 score 0,769."},
        "tm/test_dataset/test_results",
        "tm/test_metrics/1",
    ),
    fault(
        "mails",
        "from the end to the beginning",
        {"rd/metadata/timeframe": "30.06.2024 bis 01.01.2022"},
    ),
    fault(
        "mails",
        "a label renamed in training only",
        {
            "td/distribution/10/label": "gdpr_request",
            "td/distribution/10/mapping_production_data": "gdpr_request",
        },
        "td/distribution/10",
        "td/schema/4",
        "pd/distribution/10",
        "rd/labels_distribution/10",
    ),
    fault(
        "mails",
        "ten attachments at most",
        {"dp/input_spec/3/item_specification/max_value": 10},
        "dp/input_spec/3",
    ),
    fault(
        "mails",
        "not anonymised after all",
        {"rd/anonymization": "Keine, Originaltexte"},
        "rd/anonymization",
        "sc/data_rights_policies",
    ),
    fault(
        "mails",
        "an older Python in the dependencies",
        {"tm/system_dependencies/0": "Python 3.8", "de/programming_languages/0": "Python 3.11"},
    ),
    fault(
        "mails",
        "a whole number of confidence",
        {"de/downstream_components/1/input_spec/0/item_type": "Integer"},
        "de/downstream_components/1/input_spec/0",
        "tm/final_output_spec/3",
    ),
    fault(
        "mails",
        "a pipeline of 1024 tokens",
        {"dp/pipeline_steps/3/data_processing_detail": "SentencePiece (XLM-R), max. 1024 tokens"},
        "dp/pipeline_steps/3",
        "tm/model_components/0",
    ),
    fault(
        "pumps",
        "forty per cent by another text",
        {"td/preparation_process/0/data_processing_detail": "Classes weighted; split 60/40 by pump"},
        "td/preparation_process/0",
        "tm/evaluation_dataset",
    ),
    fault(
        "parcels",
        "a thousand times the deliveries",
        {"sc/available_data": "4.1 billion deliveries"},
    ),
)
"""Faults of the same kinds in other words, written when the rules had been improved by the first ones."""

FAULTS: tuple[Fault, ...] = THORAX + MAILS + VARIED


def _each(project: str, path: str, *values: Any) -> tuple[Fault, ...]:
    """One harmless edit for each of these values."""
    return tuple(fault(project, f"{path} is {value}", {path: value}) for value in values)


FRAME = "de/upstream_components/0/output_spec"
TAKEN = "de/downstream_components/0/input_spec"
SAME_THORAX = (
    *_each(
        "thorax",
        f"{FRAME}/0/expected_values",
        "PNG (16 bit, greyscale), 2048×2048 px",
        "2048 x 2048 x 1, png",
        "Monochrome PNG, 2,048 × 2,048",
        "grayscale, 2048² px",
    ),
    *_each(
        "thorax",
        "de/downstream_components/1/input_spec/0/expected_values",
        "PNG, 512 × 512 pixels, RGB",
        "512x512x3 png",
        "RGB PNG or JPEG, up to 1024 x 1024",
    ),
    *_each("thorax", f"{FRAME}/2/expected_values", "18 to 105 years", "18–99", "adults (18+), max. 105"),
    *_each("thorax", "pd/schema/3/expected_values", "50 kV – 150 kV", "50.0–150.0", "60–125"),
    *_each("thorax", "td/schema/3/field_description", "Tube voltage (kVp)"),
    *_each("thorax", "pd/schema/1/expected_values", "AP, PA", "PA/AP", "PA or AP", '"PA", "AP"'),
    *_each("thorax", "pd/schema/0/expected_values", "16-bit PNG, 2048×2048, greyscale"),
    *_each("thorax", f"{TAKEN}/1/expected_values", "varchar(64)", "up to 128 characters", "UID, ≤ 64 chars"),
    *_each("thorax", f"{TAKEN}/2/expected_values", "0.0 – 1.0", "probability, 0 to 1", "[0;1]"),
    *_each("thorax", "tm/inference_time", {"time": 2, "unit": "Seconds"}, {"time": 1.8, "unit": "Seconds"}),
    *_each("thorax", "pe/required_inference_time", {"time": 10000, "unit": "Milliseconds"}),
    *_each("thorax", "tm/log_data/0/history", "ten years", "120 months", "10 J.", "10 Jahre (MDR)"),
    *_each(
        "thorax",
        "pe/model_logs/0/implementation",
        "JSONL, 10 Jahre im SIEM-Archiv",
        "SIEM archive, at least eleven years",
        "Kept indefinitely in the SIEM archive",
        "Rotated daily, uploaded to the SIEM every 30 s, kept for 10 years",
    ),
    *_each(
        "thorax",
        "pd/data_rates",
        "420 studies/d; max. 1 per minute",
        "about 150,000 studies per year",
        "18 studies per hour on average, up to 70 in the morning",
    ),
    *_each("thorax", "tm/training_date", "17.05.2024", "17 May 2024", "May 17, 2024"),
    *_each("thorax", "rd/metadata/collection_date", "12 February 2024"),
    *_each("thorax", "rd/metadata/timeframe", "2014-01-01 – 2023-12-31", "ten years, 2014 to end of 2023"),
    *_each("thorax", "de/milestones/0/milestone_date", "Q4 2024", "16. September 2024"),
    *_each(
        "thorax",
        "td/dataset_description",
        "148'312 studies of 81'206 patients; GroupShuffleSplit on the patient ID, 70/15/15. Multi-label.",
    ),
    *_each("thorax", "tm/evaluation_dataset/algorithm", "Patient-level split, stratified (site)"),
    *_each(
        "thorax",
        "tm/test_dataset/test_results",
        "AUROC 0.95, sens. 92 %, FPR 6.5 %; n = 31 781",
        "Sensitivity (PTX) 0.918 [0.901; 0.932], FPR 0.065, subgroup sensitivity 0.88 to 0.94.",
    ),
    *_each("thorax", "tm/system_dependencies/1", "torch 2.3.1+cu121", "PyTorch 2.3"),
    *_each("thorax", "tm/system_dependencies/0", "python>=3.11,<3.12", "Python 3.11.9"),
    *_each(
        "thorax",
        "pe/deployment_platform",
        "On-prem edge server, NVIDIA RTX A4000 (16 GB), Docker",
        "Edge-Box im Serverraum der Radiologie, 1 GPU, kein Internet",
    ),
    *_each("thorax", "pd/statistics/0/value", "62", "61,9"),
    *_each("thorax", "pd/statistics/1/property", "SD"),
    *_each(
        "thorax",
        "rd/anonymization",
        "De-identified at source (DICOM PS3.15, Annex E), pseudonyms instead of IDs",
        "Pseudonymisiert; Schlüssel beim Treuhänder",
    ),
    *_each(
        "thorax", "tm/model_components/0/hyper_parameters/1/parameter_value", "(1, 1024, 1024)", "1024 px"
    ),
    *_each("thorax", "dp/pipeline_steps/2/data_processing_detail", "To 1024² px, padded with zeros"),
    *_each(
        "thorax",
        "tm/model_output_interpretation",
        "From 62 % on a study is urgent. Of 100 studies with 70 % about 70 show the finding.",
    ),
    fault(
        "thorax",
        "shares of another month",
        {"pd/distribution/0/percentage": 52.6, "pd/distribution/5/percentage": 3.7},
    ),
)

SAME_MAILS = (
    *_each(
        "mails",
        f"{FRAME}/2/expected_values",
        "max. 20.000 Zeichen",
        "up to 20,000 chars",
        "20 000 caractères au maximum",
        "0–20000 characters",
        "jusqu’à 20'000 signes",
    ),
    *_each(
        "mails", f"{FRAME}/0/expected_values", "64 hex digits", "SHA-256 (hex, 64 Zeichen)", "[0-9a-f]{64}"
    ),
    *_each("mails", f"{FRAME}/3/expected_values", "0 bis 40", "de 0 à 40", "≤ 40", "0–25"),
    *_each(
        "mails",
        "pd/schema/2/expected_values",
        "fr / de / it / en",
        "DE, FR, IT, EN",
        "de|fr|it|en",
        "de, fr, it ou en",
        "de, fr, it und en",
        "ISO 639-1: de, fr, it, en",
        "Deutsch, Französisch, Italienisch, Englisch",
    ),
    *_each("mails", "td/schema/2/expected_values", "one of de, fr, it, en"),
    *_each("mails", "pd/schema/1/field_description", "Text (utf8), PII masked", "E-mail body, UTF-8, masked"),
    *_each("mails", f"{TAKEN}/0/expected_values", "64 Zeichen", "CHAR(64)"),
    *_each("mails", f"{TAKEN}/2/expected_values", "max. 64 caractères", "VARCHAR(32)", "24 chars or fewer"),
    *_each(
        "mails",
        "de/downstream_components/1/input_spec/0/expected_values",
        "0,0 bis 1,0",
        "entre 0 et 1",
        "0..1",
        "between 0 and 1",
    ),
    *_each("mails", "rd/metadata/collection_date", "2024-07-15", "15. Juli 2024", "15 juillet 2024"),
    *_each(
        "mails",
        "rd/metadata/timeframe",
        "Jan. 2022 – Juni 2024",
        "1.1.2022–30.6.2024",
        "janvier 2022 à juin 2024",
        "2022-01/2024-06",
        "30 Monate ab Januar 2022",
    ),
    *_each("mails", "tm/training_date", "06.09.2024", "6 septembre 2024", "6. Sept. 2024"),
    *_each("mails", "tm/log_data/0/history", "13 Monate", "13 mois", "395 days", "1 year and 1 month"),
    *_each(
        "mails",
        "pe/model_logs/0/implementation",
        "Elasticsearch, Aufbewahrung 14 Monate",
        "Elasticsearch (ILM), kept for 2 years",
        "OpenSearch; conservation 24 mois",
    ),
    *_each(
        "mails",
        "pd/data_rates",
        "9 000 courriels par jour ouvrable, pointe de 25 par minute",
        "up to 25 mails/min",
        "Ca. 45'000 Mails pro Woche",
    ),
    *_each("mails", "tm/inference_time", {"time": 0.18, "unit": "Seconds"}),
    *_each("mails", "pe/required_inference_time", {"time": 2000, "unit": "Milliseconds"}),
    *_each(
        "mails",
        "tm/test_dataset/test_results",
        "31 200 courriels : exactitude de 90,8 %, F1 (macro) de 0,869.",
        "Accuracy 0.91, macro F1 87 %; worst intent: complaint with F1 0.71.",
    ),
    *_each(
        "mails",
        "tm/model_output_interpretation",
        "Ab 80 % wird automatisch verteilt, darunter entscheidet ein Mensch.",
    ),
    *_each("mails", "tm/model_components/0/hyper_parameters/0/parameter_value", "512"),
    *_each("mails", "pd/statistics/1/value", "DE"),
    *_each("mails", "sc/available_data", "1,28 Mio. E-Mails, Januar 2022 bis Juni 2024, vier Sprachen."),
    *_each(
        "mails",
        "sc/task",
        "Chaque courriel entrant (allemand, français, italien, anglais) reçoit une de 14 intentions.",
    ),
    *_each(
        "mails",
        "td/dataset_description",
        "312k masked mails, 12k of them relabelled twice.",
    ),
    *_each("mails", "td/preparation_process/2/data_processing_detail", "80 % train, 10 % val, 10 % test"),
    *_each("mails", "pe/deployment_platform", "OpenShift on premises (Berne), 2 replicas"),
    *_each(
        "mails",
        "rd/anonymization",
        "Masquage de tous les noms, IBAN, adresses et numéros (Presidio)",
    ),
    *_each("mails", "tm/system_dependencies/1", "torch~=2.3.0", "PyTorch 2.3.1 (CPU)"),
)


SAME_VARIED = (
    *_each(
        "thorax",
        "td/dataset_description",
        "148 312 studies (70 %) of 81 206 patients, validation 15 %, test 15 %. Multi-label, patient-wise.",
    ),
    *_each("thorax", "tm/evaluation_dataset/name", "Validation, n = 31,781"),
    *_each(
        "thorax", "tm/model_output_interpretation", "Score ≥ 0.62: urgent. Below 0.2 a PTX is very unlikely."
    ),
    *_each(
        "thorax",
        "tm/model_output_interpretation",
        "Above 0.9 the overlay is shown in red; the flag is set by post-processing.",
    ),
    *_each(
        "thorax",
        "sc/task",
        "Flag adult chest X-rays with one of five findings; the radiologist reads them first.",
    ),
    *_each("thorax", "rd/anonymization", "None of the images carries a name; IDs are pseudonyms"),
    *_each("thorax", "rd/anonymization", "Keine Klarnamen, Pseudonyme aus dem Treuhandsystem"),
    *_each("thorax", "de/milestones/1/milestone_date", "2. Dezember 2024"),
    *_each(
        "thorax", "pe/deployment_platform", "On-premises edge box; updates come from a repository in Azure"
    ),
    *_each("thorax", "tm/model_components/0/hyper_parameters/1/parameter_value", "1024 × 1024"),
    *_each("thorax", "rd/metadata/timeframe", "2014 to 2023"),
    *_each(
        "thorax", "pd/data_rates", "About 420 studies per day; the peak is on Monday morning with 60 per hour"
    ),
    *_each("thorax", "tm/log_data/0/history", "10 years after the last study"),
    *_each(
        "thorax", "td/schema/4/expected_values", "any of Effusion, Cardiomegaly, Consolidation, Nodule, PTX"
    ),
    *_each("mails", "td/schema/4/field_description", "One of the 14 intents (13 and other)"),
    *_each("mails", "sc/task", "Sort mails into 13 intents and a rest."),
    *_each(
        "mails",
        "dp/pipeline_steps/3/data_processing_detail",
        "SentencePiece; the first 384 and the last 128 tokens",
    ),
    *_each(
        "mails",
        "tm/model_output_interpretation",
        "At least 0.80: automatic. Mails from 0.30 on with a data subject request go to DATENSCHUTZ.",
    ),
    *_each(
        "mails",
        "td/preparation_process/2/data_processing_detail",
        "80/10/10 nach Kunde, stratifiziert nach Sprache",
    ),
    *_each("mails", "tm/evaluation_dataset/algorithm", "GroupShuffleSplit (customer id)"),
    *_each("mails", "td/schema/1/field_description", "Plain text, names replaced by [[NAME]]"),
    *_each("mails", "rd/schema/2/field_description", "Text der Mail, Original in ISO-8859-1 oder UTF-8"),
    *_each("mails", "pe/deployment_platform", "OpenShift (eigene Cloud)"),
    *_each("mails", "tm/model_components/0/hyper_parameters/4/parameter_value", "14 (one per intent)"),
    *_each(
        "mails",
        "de/upstream_components/0/output_spec/2/expected_values",
        "texte libre, 20 000 caractères maximum",
    ),
    *_each(
        "mails",
        "td/dataset_description",
        "312'000 masked e-mails, balanced 50/50 between old and new team structure.",
    ),
    *_each("mails", "pd/data_rates", "9'000/Tag"),
    *_each("pumps", "tm/evaluation_dataset/name", "2023 (one year of six)"),
    *_each(
        "parcels",
        "tm/model_output_interpretation",
        "p50 is the median; above 480 min the static window is shown.",
    ),
    *_each(
        "pumps",
        "sc/data_rights_policies",
        "Property of the plant; data are kept in our own data centre for 10 years.",
    ),
    *_each("mails", "pd/schema/2/expected_values", "Sprachcode nach ISO 639-1 (de, fr, it, en)"),
    *_each("thorax", "pd/schema/1/expected_values", "PA (standing) or AP (bedside)"),
    *_each("thorax", "rd/metadata/collection_date", "12.2.2024"),
)

SAME: tuple[Fault, ...] = SAME_THORAX + SAME_MAILS + SAME_VARIED
"""Nobody would object to these: other words, other signs, another month."""
