import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0026_demands_by_state"),
        ("offices", "0005_ppid_contact"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listedtag",
            name="listed_by_tag",
        ),
        migrations.AlterField(
            model_name="listedofficial",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                related_query_name="%(class)s",
                to="news.article",
            ),
        ),
        migrations.AlterField(
            model_name="listedtag",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                related_query_name="%(class)s",
                to="news.article",
            ),
        ),
        migrations.AddIndex(
            model_name="listedofficial",
            index=models.Index(fields=["official", "-first_published_at", "-article"], name="listed_by_official"),
        ),
        migrations.AddIndex(
            model_name="listedtag",
            index=models.Index(fields=["tag", "-first_published_at", "-article"], name="listed_by_tag"),
        ),
    ]
