"""Tags and rubrics, for programs."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Router

from news.models import Rubric
from news.queries import public_tags, rubric_at, tag_at
from portal.api import shapes
from portal.api.contents import topic_ref
from portal.api.errors import answers
from portal.api.paging import Page, by_key
from portal.api.parameters import CURSOR, USUAL, Limit, Slug, described
from portal.api.places import At, Row, addresses_for

router = Router(tags=["topics"])


@router.get(
    "/tags/",
    response=Page[shapes.TagRef],
    summary=gettext_lazy("Daftar tag"),
    description=gettext_lazy("Yang melekat pada sedikitnya satu berita terbit."),
    openapi_extra=answers(400, 404, parameters=described(CURSOR)),
)
def tag_list(request: HttpRequest, limit: Limit = USUAL):
    at = addresses_for(request)
    return by_key(public_tags(), request, limit, "slug").page(request, {}, lambda tag: topic_ref(tag, at))


@router.get(
    "/tags/{slug}/",
    response=shapes.TagRef,
    summary=gettext_lazy("Satu tag"),
    description=gettext_lazy("Nama sebelum sebuah penyatuan menjawab dengan tag yang sekarang."),
    openapi_extra=answers(404),
)
def tag_detail(request: HttpRequest, slug: Slug):
    return topic_ref(tag_at(slug), addresses_for(request))


@router.get(
    "/rubrics/",
    response=Page[shapes.Rubric],
    summary=gettext_lazy("Daftar rubrik"),
    openapi_extra=answers(400, 404, parameters=described(CURSOR)),
)
def rubric_list(request: HttpRequest, limit: Limit = USUAL):
    at = addresses_for(request)
    return by_key(Rubric.objects.all(), request, limit, "slug").page(request, {}, lambda row: _rubric(row, at))


@router.get(
    "/rubrics/{slug}/",
    response=shapes.Rubric,
    summary=gettext_lazy("Satu rubrik"),
    openapi_extra=answers(404),
)
def rubric_detail(request: HttpRequest, slug: Slug):
    return _rubric(rubric_at(slug), addresses_for(request))


def _rubric(rubric: Rubric, at: At) -> Row:
    return topic_ref(rubric, at) | {"description": rubric.description}
