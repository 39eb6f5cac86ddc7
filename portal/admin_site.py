"""The newsroom: Django's admin under the portal's own name, open to whoever holds a membership today."""

from functools import partial, wraps
from http import HTTPStatus

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.urls import path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from news.broadcast import announcements_for
from news.inbox import unread_count
from news.views import inbox
from news.wording import clock_of
from offices.models.trail import Kind
from offices.roles import OVERSEERS
from offices.scope import memberships_of
from offices.trail import record
from offices.workplace import ALL, chosen_office, workplaces
from portal import context


class NewsroomSite(admin.AdminSite):
    site_header = _("Meja redaksi")
    site_title = _("Meja redaksi")
    index_title = _("Meja redaksi")
    site_url = "/"
    enable_nav_sidebar = True

    def each_context(self, request):
        """Besides Django's: whether the dashboard is open to this person, their offices, and what awaits their reading.

        What a page does not show costs it no query.
        """
        user = request.user
        return {
            **super().each_context(request),
            "oversees": any(membership.role in OVERSEERS for membership in memberships_of(user)),
            "workplaces": workplaces(user),
            "workplace": chosen_office(request),
            "all_workplaces": ALL,
            "unread_notices": SimpleLazyObject(partial(unread_count, user)),
            "announcements": SimpleLazyObject(lambda: list(announcements_for(user))),
            "clock": clock_of(user),
        }

    def admin_view(self, view, cacheable=False):
        """Django's, and 400 for an address that holds a NUL: PostgreSQL can neither store nor compare one."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
            if "\x00" in address or "%00" in address:
                raise BadRequest
            return view(request, *args, **kwargs)

        return super().admin_view(guarded, cacheable)

    def get_urls(self):
        """Everybody's own pages; not Django's redirect to any row's page, which would tell the address of a draft."""
        from offices.admin.workplaces import switch_view  # registers pages with this site, which must exist first

        own = [path("kantor-saya/", self.admin_view(switch_view), name="switch_office"), *inbox.pages(self.admin_view)]
        return [*own, *(door for door in super().get_urls() if getattr(door, "name", "") != "view_on_site")]

    def password_change(self, request, extra_context=None):
        """Django's page; a password that was changed stands in the audit trail."""
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            record(Kind.PASSWORD_CHANGED, by=request.user, about=request.user, request=request)
        return response

    def login(self, request, extra_context=None):
        """Django's page, with our `site`, which its view would replace by its own."""
        return super().login(request, {**(extra_context or {}), **context.site(request)})
