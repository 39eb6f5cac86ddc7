from django.db import migrations, models
from django.utils import timezone


def owe_removal(apps, schema_editor):
    """Have the cards removed that were drawn for editions which nobody will read again."""
    spent = apps.get_model("news", "Edition").objects.filter(state__in=["superseded", "removed"])
    cards = apps.get_model("news", "ShareCard").objects.filter(edition__in=spent)
    cards.update(due_at=timezone.now(), attempts=0)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0028_inspections"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="sharecard",
            index=models.Index(fields=["sha256"], name="cards_by_picture"),
        ),
        migrations.RunPython(owe_removal, migrations.RunPython.noop),
    ]
