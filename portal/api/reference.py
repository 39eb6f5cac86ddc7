"""The page that describes the API to people, made from what it tells programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from offices.links import absolute
from portal.api.parameters import MOST, USUAL
from portal.api.schema import TAGS, described_api

Schema = dict[str, Any]
TRIED = {"provinsi": "73", "limit": "3"}
"""The parameters of the addresses that the page offers to open."""


@dataclass(frozen=True)
class Kind:
    """What a value is, in words, and the name of the shape it has, empty where it has none."""

    words: str
    shape: str = ""


@dataclass(frozen=True)
class Row:
    """One parameter or one member of a shape."""

    name: str
    kind: Kind
    meaning: SafeString
    example: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class Operation:
    """One address: what it is for, what it takes, what it answers, and one to open, empty where a name is needed."""

    name: str
    path: str
    summary: str
    description: SafeString
    parameters: list[Row]
    answer: Kind
    statuses: list[tuple[str, str]]
    try_url: str


def reference(request: HttpRequest) -> HttpResponse:
    """How the API is used, every address, and every shape."""
    schema = described_api()
    context = {
        "groups": list(_groups(schema)),
        "shapes": list(_shapes(schema)),
        "base_url": absolute(request, reverse("api:api-root")),
        "openapi_url": reverse("api:openapi"),
        "limit": settings.API_REQUESTS_A_MINUTE,
        "usual_rows": USUAL,
        "most_rows": MOST,
        "canonical_url": absolute(request, reverse("api:api-root")),
    }
    return render(request, "portal/api_reference.html", context)


def _groups(schema: Schema) -> Iterator[tuple[str, list[Operation]]]:
    for tag, words in TAGS.items():
        found = [(path, methods["get"]) for path, methods in schema["paths"].items() if tag in methods["get"]["tags"]]
        yield str(words), [_operation(path, told) for path, told in found]


def _operation(path: str, told: Schema) -> Operation:
    parameters = [_parameter(row) for row in told["parameters"]]
    answers = told["responses"]
    return Operation(
        name=told["operationId"],
        path=path,
        summary=str(told["summary"]),
        description=_meaning(told),
        parameters=parameters,
        answer=_kind(answers[200]["content"]["application/json"]["schema"]),
        statuses=[(str(status), str(answer["description"])) for status, answer in answers.items() if status != 200],
        try_url=_try_url(path, {row.name for row in parameters}),
    )


def _try_url(path: str, names: set[str]) -> str:
    if "{" in path:
        return ""
    query = {name: value for name, value in TRIED.items() if name in names}
    return f"{path}?{urlencode(query)}"


def _parameter(told: Schema) -> Row:
    kind, example = _kind(told["schema"]), (told["schema"].get("examples") or [""])[0]
    return Row(told["name"], kind, _meaning(told), example, told["required"])


def _meaning(told: Schema) -> SafeString:
    """The description, whose names in backticks are code."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(str(told.get("description", ""))))
    return mark_safe(marked)  # noqa: S308 - escaped before the two tags were put in


def _shapes(schema: Schema) -> Iterator[tuple[Kind, list[Row]]]:
    """Every shape in the order of its name."""
    for name, told in sorted(schema["components"]["schemas"].items()):
        rows = [Row(key, _kind(part), _meaning(part)) for key, part in told["properties"].items()]
        yield Kind(_title(name), name), rows


def _title(name: str) -> str:
    """How a shape is called: `Page[Article]` where OpenAPI allows `Page_Article_` only."""
    return re.sub(r"^Page_(\w+)_$", r"Page[\1]", name)


def _kind(told: Schema) -> Kind:
    """A value's kind in words: "daftar Photo", "teks atau null", "bilangan bulat 1–100"."""
    if "$ref" in told:
        name = told["$ref"].rsplit("/", 1)[-1]
        return Kind(_title(name), name)
    if "anyOf" in told:
        kinds = [_kind(part) for part in told["anyOf"]]
        shape = next((kind.shape for kind in kinds if kind.shape), "")
        return Kind(_(" atau ").join(kind.words for kind in kinds), shape)
    if told["type"] == "array":
        kind = _kind(told["items"])
        return Kind(_("daftar %(kind)s") % {"kind": kind.words}, kind.shape)
    return Kind(_plain(told))


def _plain(told: Schema) -> str:
    words = {
        "integer": _("bilangan bulat"),
        "number": _("bilangan"),
        "null": "null",
        "date-time": _("waktu (ISO 8601, UTC)"),
        "date": _("tanggal"),
    }
    return words.get(told.get("format", told["type"]), _("teks"))
