"""Schedules in the newsroom: a withdrawal at a date, asked for and called off beside an article's steps."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResult

from news.admin.forms import StepForm
from news.models import Edition, Schedule
from news.refusals import NotNow, StaleVersion
from news.scheduling import cancel_withdrawal, schedule_withdrawal

admin.site.unregister(DBTaskResult)  # the queue tells what was done for whom, which no scope of ours covers


class ScheduleViews:
    """Mixed into the article's admin: the pages by which a withdrawal is set for a date, or called off."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/withdraw-at/", wrap(self.withdraw_at_view), name="news_article_withdraw_at"),
            path("<int:article_id>/keep/", wrap(self.keep_view), name="news_article_keep"),
            *super().get_urls(),
        ]

    def withdraw_at_view(self, request, article_id):
        """Have the live edition withdrawn at a date; a refusal answers 403 or 409 with its sentence."""
        shown = self.edition_of(request, article_id)
        form = StepForm(request.POST, zone=shown.article.office.region.zone)
        if request.method != "POST" or not form.is_valid():
            return self._not_understood(request, shown, form)
        try:
            edition = self._as_seen(shown, form.cleaned_data)
            schedule_withdrawal(
                edition, by=request.user, due_at=form.cleaned_data["due_at"], note=form.cleaned_data["note"]
            )
        except NotNow as refusal:
            return self._refused(request, shown, refusal)
        messages.success(request, _("Berita ini akan ditarik pada waktu itu."))
        return self._back_to(shown)

    def keep_view(self, request, article_id):
        """Call off a withdrawal that was set for a date."""
        shown = self.edition_of(request, article_id)
        live = shown.article.editions.live().select_related("article__office__region__parent").first()
        if request.method != "POST" or live is None:
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        try:
            cancel_withdrawal(live, by=request.user)
        except NotNow as refusal:
            return self._refused(request, shown, refusal)
        messages.success(request, _("Berita ini tetap terbit; jadwal penarikannya dibatalkan."))
        return self._back_to(shown)

    def _as_seen(self, shown: Edition, asked: dict) -> Edition:
        """The edition of the article that was on the screen, in the version that was; raises `StaleVersion`."""
        editions = shown.article.editions.select_related("article__office__region__parent")
        edition = editions.filter(pk=asked["edition"]).first()
        if edition is None or edition.version != asked["version"]:
            raise StaleVersion
        return edition


def schedules_beside(*editions: Edition | None) -> list[Schedule]:
    """What waits for these editions, and the last publication that failed while its edition waits to be sent again."""
    pks = [edition.pk for edition in editions if edition]
    rows = Schedule.objects.filter(edition__in=pks).select_related("requested_by").order_by("-pk")[:10]
    newest: dict[tuple[int, str], Schedule] = {}
    for row in rows:
        newest.setdefault((row.edition_id, row.kind), row)
    return [row for row in newest.values() if row.status in ("waiting", "failed")]
