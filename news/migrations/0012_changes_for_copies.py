from django.db import migrations, models
from django.db.models import OuterRef, Subquery

SEEN_BY_THE_PUBLIC = ["publish", "publish_due", "publish_urgently", "withdraw", "reinstate", "remove"]


def tell_when_it_last_changed(apps, schema_editor):
    """In one statement, from the history; what was never public keeps none."""
    article, transition = apps.get_model("news", "Article"), apps.get_model("news", "Transition")
    seen = transition.objects.filter(article=OuterRef("pk"), step__in=SEEN_BY_THE_PUBLIC).order_by("-recorded_at")
    known = article.objects.filter(changed_at=None).exclude(public_state="never")
    known.update(changed_at=Subquery(seen.values("recorded_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0011_urgent_index"),
        ("offices", "0004_invitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berubah bagi publik"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("changed_at__isnull", False)),
                fields=["-changed_at", "-id"],
                name="public_changes",
            ),
        ),
        migrations.RunPython(tell_when_it_last_changed, migrations.RunPython.noop),
    ]
