"""Who may open the dashboard, and that nothing between us and them keeps a copy of it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from offices.roles import OVERSEERS
from offices.scope import Reach, reach_of


def for_overseers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Call `view(request, reach, …)` for national roles and province supervisors with what they oversee.

    Anonymous visitors are led to the sign-in page; everybody else is refused.
    """

    @require_safe
    @cache_control(private=True, no_store=True)
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, _reach_over(request), *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def _reach_over(request: HttpRequest) -> Reach:
    reach = reach_of(request.user, OVERSEERS)
    if not (reach.nation or reach.provinces):
        raise PermissionDenied
    return reach
