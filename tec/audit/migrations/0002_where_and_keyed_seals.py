from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="event", old_name="facts", new_name="facts_text"),
        migrations.AlterField(
            model_name="event",
            name="facts_text",
            field=models.TextField(db_column="facts", default="{}"),
        ),
        migrations.AddField(
            model_name="event", name="actor_id", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="event", name="channel", field=models.CharField(default="", max_length=10)
        ),
        migrations.AddField(
            model_name="event",
            name="address",
            field=models.CharField(blank=True, default="", max_length=45),
        ),
        migrations.AddField(
            model_name="event",
            name="token",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="event", name="key", field=models.CharField(default="", max_length=8)
        ),
        migrations.AlterField(
            model_name="event",
            name="id",
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["-at", "-id"], name="audit_event_newest"),
        ),
        migrations.AddField(
            model_name="chain", name="key", field=models.CharField(default="", max_length=8)
        ),
        migrations.AddField(
            model_name="chain", name="seal", field=models.CharField(default="", max_length=64)
        ),
    ]
