import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

LIVE = Q(public_state="live")
INLINE = re.compile(r'data-article="(\d{1,18})"')
AT_ONCE = 2_000


def owe_every_list(apps, schema_editor):
    """Have the workers make the list of everything public; keep where it leads by hand."""
    article, related, pointer = (apps.get_model("news", name) for name in ("Article", "RelatedList", "Pointer"))
    last = article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, AT_ONCE):
        public = article.objects.filter(LIVE, pk__gte=start, pk__lt=start + AT_ONCE).order_by()
        related.objects.bulk_create(related(article_id=pk) for pk in public.values_list("pk", flat=True))
        pointer.objects.bulk_create(
            pointer(article_id=pk, target_id=target) for pk, target in sorted(_led_by_hand(article, public))
        )


def _led_by_hand(article, public):
    picked = {(pk, to) for pk, to in public.values_list("pk", "live_edition__picks__article") if to}
    with_blocks = public.filter(live_edition__body__contains="data-article").values_list("pk", "live_edition__body")
    inline = {(pk, int(to)) for pk, body in with_blocks.iterator() for to in INLINE.findall(body)}
    known = set(article.objects.filter(pk__in={to for _pk, to in inline}).values_list("pk", flat=True))
    return {(pk, to) for pk, to in picked | inline if (to in known or (pk, to) in picked) and pk != to}


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0023_share_cards"),
        ("offices", "0005_ppid_contact"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RelatedList",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.article",
                    ),
                ),
                ("turn", models.PositiveBigIntegerField(default=0)),
                ("is_due", models.BooleanField(default=True)),
                ("is_news", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("is_due", True)), fields=["article"], name="related_lists_due")
                ],
            },
        ),
        migrations.CreateModel(
            name="Orphan",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.article",
                    ),
                ),
                ("first_published_at", models.DateTimeField(verbose_name="pertama terbit")),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                        verbose_name="kantor",
                    ),
                ),
            ],
            options={
                "verbose_name": "berita tanpa tautan",
                "verbose_name_plural": "berita tanpa tautan",
                "indexes": [
                    models.Index(fields=["-first_published_at", "-article"], name="orphans_newest"),
                    models.Index(fields=["office", "-first_published_at", "-article"], name="orphans_by_office"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pointer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pointers",
                        to="news.article",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="pointed_at_by",
                        to="news.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "target"), name="an_article_points_once_at_another")
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("words", models.FloatField()),
                ("event", models.FloatField()),
                ("officials", models.FloatField()),
                ("tags", models.FloatField()),
                ("place", models.FloatField()),
                ("time", models.FloatField()),
                ("is_shown", models.BooleanField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="news.article"
                    ),
                ),
                (
                    "neighbour",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="news.article"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "neighbour"), name="a_neighbour_stands_once_in_a_list"),
                    models.CheckConstraint(
                        condition=models.Q(("article", models.F("neighbour")), _negated=True),
                        name="no_article_is_its_own_neighbour",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedVeto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="pada")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vetoes",
                        to="news.article",
                        verbose_name="artikel",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oleh",
                    ),
                ),
                (
                    "neighbour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="news.article",
                        verbose_name="tidak disarankan",
                    ),
                ),
            ],
            options={
                "verbose_name": "saran yang ditolak",
                "verbose_name_plural": "saran yang ditolak",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "neighbour"),
                        name="a_suggestion_is_vetoed_once",
                        violation_error_message="Saran ini sudah ditolak.",
                    )
                ],
            },
        ),
        migrations.RunPython(owe_every_list, migrations.RunPython.noop),
    ]
