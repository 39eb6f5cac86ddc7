from django.db import migrations, models
from django.db.models import Count, OuterRef, Subquery

ANNOUNCED = ["published", "postponed", "cancelled"]


def count_what_was_told(apps, schema_editor):
    """From the history: the first announcement is revision 0."""
    event, transition = apps.get_model("news", "Event"), apps.get_model("news", "EventTransition")
    told = transition.objects.filter(event=OuterRef("pk"), target__in=ANNOUNCED).order_by().values("event")
    known = event.objects.filter(pk__in=transition.objects.filter(target__in=ANNOUNCED).values("event"))
    known.update(revision=Subquery(told.annotate(n=Count("pk") - 1).values("n")))


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0018_events_by_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="perubahan"),
        ),
        migrations.RunPython(count_what_was_told, migrations.RunPython.noop),
    ]
