import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

LIVE = Q(public_state="live")
AT_ONCE = 2_000


def follow_the_live_editions(apps, schema_editor):
    """The event of what is public, and a place under each of its tags and officials."""
    article, edition = (apps.get_model("news", name) for name in ("Article", "Edition"))
    events = edition.objects.filter(pk=OuterRef("live_edition")).values("event")
    article.objects.filter(live_edition__event__isnull=False).update(event=Subquery(events))
    last = article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, AT_ONCE):
        public = article.objects.filter(LIVE, pk__gte=start, pk__lt=start + AT_ONCE).order_by()
        _enlist(apps, public)


def _enlist(apps, public):
    by_tag, by_official = (apps.get_model("news", name) for name in ("ListedTag", "ListedOfficial"))
    shown = ("pk", "first_published_at", "published_on")
    tagged = public.filter(live_edition__tagged__isnull=False).values_list(*shown, "live_edition__tagged__tag")
    by_tag.objects.bulk_create(
        by_tag(article_id=pk, first_published_at=moment, published_on=day, tag_id=tag)
        for pk, moment, day, tag in tagged
    )
    mentions = public.filter(live_edition__mentions__isnull=False).values_list(
        *shown, "live_edition__mentions__official", "live_edition__mentions__appointment"
    )
    by_official.objects.bulk_create(
        by_official(
            article_id=pk, first_published_at=moment, published_on=day, official_id=official, appointment_id=term
        )
        for pk, moment, day, official, term in mentions
    )


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0016_files_for_search_engines"),
        ("offices", "0005_ppid_contact"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_published_at", models.DateTimeField()),
                ("published_on", models.DateField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.tag",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tag", "-first_published_at", "-id"], name="listed_by_tag"),
                    models.Index(fields=["tag", "published_on"], name="listed_by_tag_and_day"),
                ],
                "constraints": [models.UniqueConstraint(fields=("article", "tag"), name="listed_once_under_a_tag")],
            },
        ),
        migrations.CreateModel(
            name="ListedOfficial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_published_at", models.DateTimeField()),
                ("published_on", models.DateField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.article",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offices.official",
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offices.appointment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["official", "appointment", "-first_published_at", "-id"], name="listed_by_term"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "official"), name="listed_once_under_an_official")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="event",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="news.event",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=LIVE, fields=["rubric", "published_on"], name="public_by_rubric_and_day"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=LIVE, fields=["office", "published_on"], name="public_by_office_and_day"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=LIVE,
                fields=["office", "rubric", "-first_published_at", "-id"],
                name="public_by_office_and_rubric",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=LIVE & Q(event__isnull=False),
                fields=["event", "-first_published_at", "-id"],
                name="public_by_event",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=LIVE & Q(event__isnull=False),
                fields=["event", "province", "office"],
                name="public_coverage",
            ),
        ),
        migrations.RunPython(follow_the_live_editions, migrations.RunPython.noop),
    ]
