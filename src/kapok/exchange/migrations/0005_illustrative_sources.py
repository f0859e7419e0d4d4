from django.db import migrations, models


class Migration(migrations.Migration):
    """Sources that only illustrate, for the demo."""

    dependencies = [("exchange", "0004_undone_by")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="illustrative",
            field=models.BooleanField(default=False),
        ),
    ]
