"""What every page knows: the site's name, its rubrics, and whether it is a demo."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from news.models import Rubric


def site(request):
    """The context variable `site`; its rubrics cost one query on the pages that show them."""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "is_demo": settings.DEMO,
            "rubrics": SimpleLazyObject(lambda: list(Rubric.objects.all())),
        },
    }
