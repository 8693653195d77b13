from django.db import migrations


def fill_in(apps, schema_editor):
    """Give what older checks found the digest of its values, so that it can be decided about."""
    from mismatch.decisions.subject import values_digest

    Sighting = apps.get_model("mismatch", "Sighting")
    some = []
    for sighting in Sighting.objects.filter(values_digest="").only("places").iterator(1_000):
        sighting.values_digest = values_digest(sighting.places)
        some.append(sighting)
        if len(some) == 1_000:
            Sighting.objects.bulk_update(some, ["values_digest"])
            some.clear()
    Sighting.objects.bulk_update(some, ["values_digest"])


class Migration(migrations.Migration):

    dependencies = [("mismatch", "0003_decisions")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
