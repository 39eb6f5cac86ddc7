"""The API in OpenAPI 3.1: put together from its operations, once a process."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.operation import Operation

from portal.api import articles, events, offices, officials, topics
from portal.api.errors import tell
from portal.api.shapes import Problem

TAGS = {
    "articles": gettext_lazy("Berita"),
    "offices": gettext_lazy("Wilayah dan kantor"),
    "officials": gettext_lazy("Pejabat"),
    "events": gettext_lazy("Agenda"),
    "topics": gettext_lazy("Tag dan rubrik"),
}


class PublicApi(NinjaAPI):
    """Ninja's own, whose operations go by the plain names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = PublicApi(
    title=f"{settings.SITE_NAME} — API",
    version="1.0.0",
    description=gettext_lazy(
        "Semua yang boleh dibaca publik, untuk program, tanpa kunci. Hanya GET dan HEAD. Sebutkan alamat berita "
        "sebagai sumber, dan hapus salinan yang ditarik."
    ),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    openapi_extra={"tags": [{"name": name, "description": words} for name, words in TAGS.items()]},
)
tell(api)
for noun in (articles, offices, officials, events, topics):
    api.add_router("", noun.router)


@cache
def described_api() -> dict[str, Any]:
    """The whole description, with the shape of refusals."""
    schema = api.get_openapi_schema(path_params={})
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    schema["servers"] = [{"url": "/"}]
    return schema
