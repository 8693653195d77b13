"""Workers and schedules belong to the app of background work from now on; their rows stay."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("mismatch", "0004_values_of_sightings"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="Schedule", table="work_schedule"),
                migrations.AlterModelTable(name="Worker", table="work_worker"),
            ],
            state_operations=[
                migrations.DeleteModel(name="Schedule"),
                migrations.DeleteModel(name="Worker"),
            ],
        ),
    ]
