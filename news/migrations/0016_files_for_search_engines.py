from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import news.models.keyblocks

ANNOUNCED = ["published", "postponed", "cancelled"]


def tell_when_it_last_changed(apps, schema_editor):
    """In one statement, from the history; what was never announced keeps none."""
    event, transition = apps.get_model("news", "Event"), apps.get_model("news", "EventTransition")
    told = transition.objects.filter(event=OuterRef("pk"), target__in=ANNOUNCED).order_by("-recorded_at")
    event.objects.filter(state__in=ANNOUNCED).update(changed_at=Subquery(told.values("recorded_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0015_renditions_made_later"),
        ("offices", "0004_invitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berubah bagi publik"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("changed_at__isnull", False)),
                fields=["office", "-changed_at"],
                name="changed_by_office",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("changed_at__isnull", False)),
                fields=["province", "-changed_at"],
                name="changed_by_province",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                news.models.keyblocks.BlockNumber("id"),
                models.OrderBy(models.F("changed_at"), descending=True),
                condition=models.Q(("changed_at__isnull", False)),
                name="changed_by_block",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("changed_at__isnull", False)), fields=["-changed_at"], name="events_changed_last"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                news.models.keyblocks.BlockNumber("id"),
                models.OrderBy(models.F("changed_at"), descending=True),
                condition=models.Q(("changed_at__isnull", False)),
                name="events_changed_by_block",
            ),
        ),
        migrations.RunPython(tell_when_it_last_changed, migrations.RunPython.noop),
    ]
