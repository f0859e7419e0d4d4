import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("query", models.CharField(max_length=1500)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Every day"),
                            ("weekly", "Every week"),
                            ("off", "Never; I only keep it here"),
                        ],
                        default="weekly",
                        max_length=10,
                    ),
                ),
                ("told_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ("name", "id"),
                "indexes": [models.Index(fields=["frequency", "looked_at"], name="saved_search_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "query"), name="saved_search_once"),
                    models.CheckConstraint(
                        condition=models.Q(("frequency__in", ["daily", "weekly", "off"])),
                        name="saved_search_frequency_is_known",
                    ),
                ],
            },
        ),
    ]
