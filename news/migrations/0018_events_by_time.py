from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0017_listings"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="event", name="public_events"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(state__in=("published", "postponed", "cancelled")),
                fields=["starts_at", "ends_at"],
                name="public_events_by_time",
            ),
        ),
    ]
