"""The newsroom: Django's admin under the portal's own name, open to whoever holds a membership today."""

from functools import partial, wraps

from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from news.broadcast import announcements_for
from news.desk_pages import counts_shown_to, desk_of
from news.inbox import unread_count
from news.views import inbox
from news.wording import clock_of
from offices.roles import OVERSEERS
from offices.scope import memberships_of
from offices.signin.forms import SignInForm
from offices.signin.views import NewPasswordView, SignInView
from offices.workplace import ALL, chosen_office, workplaces
from portal import context


class ChoicesView(AutocompleteJsonView):
    """Django's answer for a field that searches as one types, with a label that tells namesakes apart."""

    def get_queryset(self):
        return self.model_admin.for_choices(super().get_queryset())

    def serialize_result(self, obj, to_field_name):
        return {**super().serialize_result(obj, to_field_name), "text": self.model_admin.choice_label(obj)}


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
            "counts": SimpleLazyObject(lambda: counts_shown_to(request)),
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

    def autocomplete_view(self, request):
        return ChoicesView.as_view(admin_site=self)(request)

    def index(self, request, extra_context=None):
        """Django's page, opened by what waits for this person."""
        return super().index(request, {**desk_of(request), **(extra_context or {})})

    def get_urls(self):
        """Everybody's own pages; not Django's redirect to any row's page, which would tell the address of a draft."""
        from news.admin.calendar import month_view  # registers pages with this site, which must exist first
        from news.admin.orphans import orphans_view  # the same
        from offices.admin.workplaces import switch_view  # the same

        own = [
            path("kantor-saya/", self.admin_view(switch_view), name="switch_office"),
            path("kalender/", self.admin_view(month_view), name="calendar"),
            path("tanpa-tautan/", self.admin_view(orphans_view), name="orphans"),
            *inbox.pages(self.admin_view),
        ]
        return [*own, *(door for door in super().get_urls() if getattr(door, "name", "") != "view_on_site")]

    def login(self, request, extra_context=None):
        """Django's page, whose password leads to the second factor of whoever has one."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        frame = {"title": _("Log in"), "subtitle": None, "app_path": request.get_full_path()}
        if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
            frame[REDIRECT_FIELD_NAME] = reverse("admin:index", current_app=self.name)
        frame |= {**self.each_context(request), "username": request.user.get_username(), **(extra_context or {})}
        return SignInView.as_view(
            authentication_form=SignInForm,
            template_name="admin/login.html",
            extra_context={**frame, **context.site(request)},
        )(request)

    def password_change(self, request, extra_context=None):
        """Django's page, which besides ends one's other sessions."""
        return NewPasswordView.as_view(
            form_class=AdminPasswordChangeForm,
            template_name="registration/password_change_form.html",
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)
