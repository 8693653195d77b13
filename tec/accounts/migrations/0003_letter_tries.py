from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_log_ins_letters_cache"),
    ]

    operations = [
        migrations.RenameField(model_name="letter", old_name="attempts", new_name="tries"),
    ]
