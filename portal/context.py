"""What every page knows: the site's name, its rubrics, whether it is a demo, and whether browsers keep it."""

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
            "keeps_offline": settings.KEEPS_OFFLINE,
            "rubrics": SimpleLazyObject(lambda: list(Rubric.objects.all())),
        },
    }
