"""The "berita daerah" widget: the page that makes its code, the frame on other sites, and the same news as JSON."""

from itertools import groupby
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from news.embeds import NUMBERS, THEMES, Embed
from news.models import Article
from offices.links import absolute
from offices.models import Office, Region
from offices.problems import problem
from offices.programs import open_to_programs
from offices.templatetags.dates import iso

ON_THE_FORM = ("kantor", "provinsi", "rubrik")


@csp_update({"frame-src": [SELF]})
def embed_builder(request: HttpRequest) -> HttpResponse:
    """What the widget is, a form that chooses what it shows, the code to copy, and how it looks."""
    embed = Embed.from_query(request.GET)
    path = _address(reverse("embed_page"), embed.as_query())
    context = {
        "embed": embed,
        "code": "" if embed.problems else embed.code(absolute(request, path)),
        "frame_url": path,
        "data_url": absolute(request, _address(reverse("embed_data"), _content(embed))),
        "choices": _choices(embed),
        "canonical_url": absolute(request, reverse("embed_builder")),
        "robots": "noindex, follow" if embed.as_query() else "",
    }
    return render(request, "news/embed_builder.html", context, status=400 if embed.problems else 200)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed_page(request: HttpRequest) -> HttpResponse:
    """The frame itself: any site may show it, so it has neither form nor script. Faults are told inside it."""
    try:
        embed = Embed.from_query(request.GET)
    except Http404:
        return _faulty(request, [_("Widget ini menunjuk sesuatu yang tidak ada. Buat kode yang baru.")], status=404)
    if embed.problems:
        return _faulty(request, embed.problems, status=400)
    context = {"embed": embed, "articles": embed.articles(), "list_url": _list_url(embed)}
    return _noindex(render(request, "news/embed.html", context))


def _faulty(request: HttpRequest, sentences, status: int) -> HttpResponse:
    return _noindex(render(request, "news/embed.html", {"problems": sentences}, status=status))


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


@open_to_programs
def embed_data(request: HttpRequest) -> HttpResponse:
    """The same news as JSON, for sites that draw them themselves."""
    embed = Embed.from_query(request.GET)
    if embed.problems:
        return problem(400, " ".join(embed.problems))
    items = [_item(request, article) for article in embed.articles()]
    document = {"title": embed.title, "url": absolute(request, _list_url(embed)), "items": items}
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _item(request: HttpRequest, article: Article) -> dict[str, str]:
    return {
        "headline": article.headline,
        "deck": article.deck,
        "url": absolute(request, article.get_absolute_url()),
        "published_at": iso(article.first_published_at, article.office.region),
        "office": article.office.official_name,
        "region": article.office.region.name,
        "rubric": article.rubric.name,
    }


def _choices(embed: Embed) -> dict[str, Any]:
    """What the form offers, as (value, label, chosen); the offices in groups by their province."""
    filters = embed.filters
    offices = Office.objects.select_related("region__parent").order_by("region__code")
    groups = groupby(offices, _province_of)
    return {
        "groups": [(place.name, [(o.slug, o.full_name, o == filters.office) for o in rows]) for place, rows in groups],
        "provinces": [(p.code, p.short_name, p == filters.province) for p in filters.choices.provinces],
        "rubrics": [(r.slug, r.name, r == filters.rubric) for r in filters.choices.rubrics],
        "numbers": [(str(n), str(n), n == embed.number) for n in NUMBERS],
        "hidden": [(name, value) for name, value in filters.as_query().items() if name not in ON_THE_FORM],
        "themes": [(value, label, value == embed.theme) for value, label in THEMES.items()],
    }


def _province_of(office: Office) -> Region:
    region = office.region
    return region.parent if region.parent and region.parent.is_province else region


def _content(embed: Embed) -> dict[str, str]:
    return {name: value for name, value in embed.as_query().items() if name != "tema"}


def _list_url(embed: Embed) -> str:
    return _address(reverse("article_list"), embed.filters.as_query())


def _address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
