"""What the model depends on."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent


def model(*dependencies: Any, gpu: Any = 0, **fields: Any) -> dict[str, Any]:
    body = {
        "version": "1.2",
        "system_dependencies": list(dependencies),
        "computing_resource_reqs": {"gpu": gpu},
    }
    return {"trained_model": body | fields}


def production(**figures: Any) -> dict[str, Any]:
    return {"production_environment": {"version": "1.2", "computing_resources": figures}}


def development(**fields: Any) -> dict[str, Any]:
    return {"development_environment": {"version": "1.2"} | fields}


PE_GPU, TM_GPU = "production_environment/computing_resources/gpu", "trained_model/computing_resource_reqs/gpu"
FIRST, SECOND = "trained_model/system_dependencies/0", "trained_model/system_dependencies/1"

test_gpu_provided = silent(
    "gpu-needed-but-not-provided",
    {
        "no dependencies": ("cannot-tell", model()),
        "none for GPUs": ("not-applicable", model("libopencv 4.8", "glibc 2.31")),
        "a GPU is asked for": ("pass", model("CUDA 12.2 runtime", gpu=1) | production(cpu=8, gpu=0)),
        "a build for processors": ("not-applicable", model("onnxruntime, CPU build without CUDA")),
        "optional": ("not-applicable", model("GPU optional")),
        "a word that only looks like it": ("not-applicable", model("cupola 1.2", "cure53")),
    },
)

test_gpu_not_provided = firing(
    "gpu-needed-but-not-provided",
    {
        "nowhere": ([f"major {PE_GPU} {TM_GPU} {FIRST}"], model("CUDA 12.2") | production(cpu=8, gpu=0)),
        "in production only": ([f"minor {TM_GPU} {FIRST}"], model("CUDA 12.2") | production(cpu=8, gpu=1)),
        "production says nothing": ([f"minor {TM_GPU} {FIRST}"], model("torch==2.1+cu118")),
        "in the frameworks": (
            [f"minor {TM_GPU} trained_model/ml_frameworks/0"],
            model(ml_frameworks=["tensorflow-gpu"]),
        ),
    },
)

test_installable = silent(
    "dependencies-conflict",
    {
        "near miss: components in two versions of a language": (
            "pass",
            model(
                "numpy==1.26",
                model_components=[
                    {"programming_languages": ["Python 3.9"]},
                    {"programming_languages": ["Python 3.11"]},
                ],
            ),
        ),
        "near miss: the language of the run time": (
            "pass",
            model("Python 3.11 runtime", model_components=[{"programming_languages": ["Python 3.11"]}]),
        ),
        "no dependencies": ("cannot-tell", model()),
        "prose": (
            "cannot-tell",
            model("Run time of the decision engine, see the guide", "glibc 2.31 or newer"),
        ),
        "compatible": ("pass", model("numpy>=1.20", "numpy==1.26")),
        "a series and one of it": ("pass", model("torch 2.1", "torch==2.1.3")),
        "any and one": ("pass", model("numpy", "numpy==1.26", "numpy>=1")),
        "other packages": ("pass", model("numpy==1.26", "numba==2.0")),
        "a framework of the model": (
            "pass",
            model("tensorflow>=2", ml_frameworks=["TensorFlow"]) | development(ml_frameworks=["PyTorch"]),
        ),
        "a library that nobody lists": ("pass", model("pandas>=2") | development(ml_frameworks=["PyTorch"])),
        "another name": ("pass", model("sklearn>=1") | development(ml_frameworks=["scikit-learn 1.4"])),
        "development lists nothing": ("pass", model("tensorflow>=2") | development(ml_frameworks=[""])),
    },
)

test_not_installable = firing(
    "dependencies-conflict",
    {
        "two pins": ([f"major {SECOND} {FIRST}"], model("numpy==1.26.0", "NumPy==2.0.1")),
        "a range and a pin": ([f"major {SECOND} {FIRST}"], model("numpy>=2", "numpy==1.26")),
        "the third": (
            ["major trained_model/system_dependencies/2 trained_model/system_dependencies/0"],
            model("numpy>=1", "numpy>=2", "numpy<2"),
        ),
        "the framework": (
            [f"major trained_model/ml_frameworks/0 {FIRST}"],
            model("torch==1.13", ml_frameworks=["Torch 2.1"]),
        ),
        "two run times": ([f"major {SECOND} {FIRST}"], model("CUDA 12.2 runtime", "CUDA 11.8")),
        "the language of a component": (
            [f"major trained_model/model_components/0/programming_languages/0 {FIRST}"],
            model(
                "Python 3.11 runtime of the decision engine",
                model_components=[{"programming_languages": ["Python 3.9"]}],
            ),
        ),
        "not supported": (
            [f"minor development_environment/ml_frameworks {FIRST}"],
            model("tensorflow>=2") | development(ml_frameworks=["PyTorch"]),
        ),
        "a language": (
            [f"minor development_environment/programming_languages {FIRST}"],
            model("Julia 1.10") | development(programming_languages=["Python", "C#"]),
        ),
    },
)


def test_the_message_quotes_both_entries():
    assert messages("dependencies-conflict", model("numpy>=2", "numpy==1.26")) == [
        "“numpy==1.26” and “numpy>=2” cannot be installed together."
    ]
