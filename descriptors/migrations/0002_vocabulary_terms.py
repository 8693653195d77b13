"""Fills the vocabularies with the terms that most teams start from."""

from django.db import migrations

TERMS = {
    "ml_frameworks": "Caffe, Huggingface, Keras, MLflow, PyTorch, scikit-learn, Spark ML, TensorFlow, Torch, Weka, "
    "DataRobot, BayesiaLab, Statistica, KNIME, RapidMiner, DataBricks, H2O, Dataiku, Tibco Data Science, "
    "IBM Watson Studio, Azure ML, Amazon SageMaker",
    "programming_languages": "C, C++, C#, Java, Javascript, Julia, Matlab, PHP, Python, R, Ruby, Scala, Perl, "
    "Mathematica, SPSS, SQL, SAS",
    "statistics": "Mean, Distribution Type, Median, Trimean, Standard Deviation, First Quartile, Third Quartile, IQR, "
    "Skew, Kurtosis, Gini Coefficient, Entropy",
    "item_types": "Integer, Float, String, Image, Text, Character",
    "deployment_platforms": "Local Server, Cloud, Embedded Platform",
    "deployment_mechanisms": "API, User-Facing, Output to System Component",
}


def add_terms(apps, schema_editor):
    Term = apps.get_model("descriptors", "VocabularyTerm")
    Term.objects.bulk_create(
        Term(list=name, term=term, folded=term.casefold())
        for name, terms in TERMS.items()
        for term in terms.split(", ")
    )


def remove_terms(apps, schema_editor):
    apps.get_model("descriptors", "VocabularyTerm").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("descriptors", "0001_initial")]

    operations = [migrations.RunPython(add_terms, remove_terms)]
