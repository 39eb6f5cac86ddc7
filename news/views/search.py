"""The search page: what somebody asks for, found and narrowed, or a polite way on where there is nothing."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.facets import Counted
from news.queries import Filters, public_headlines
from news.search.answers import Answer, alternatives, answer
from news.search.finding import CANDIDATES
from news.search.questions import MOST_WORDS, Question
from news.views.lists import facet_links, filter_form

ORDER, NEWEST = "urut", "terbaru"
LATEST = 5


def search(request: HttpRequest) -> HttpResponse:
    """The answers to `q`, or how to search where nothing is asked; 400 where a date cannot be understood."""
    question, filters = Question.from_text(request.GET.get("q", "")), Filters.from_query(request.GET)
    context = {
        "typed": question.typed,
        "hide_search": True,
        "robots": "noindex, follow",
        "is_asked": not question.is_empty,
        "is_cut": question.is_cut,
        "most_words": MOST_WORDS,
    }
    if not question.is_empty:
        context |= _answered(request, question, filters)
    return render(request, "news/search.html", context, status=400 if filters.problems else 200)


def _answered(request: HttpRequest, question: Question, filters: Filters) -> dict[str, Any]:
    newest = request.GET.get(ORDER) == NEWEST
    asked = {"q": question.typed, **({ORDER: NEWEST} if newest else {})}
    found = answer(question, filters, request.GET, newest=newest)
    kept = {**asked, **filters.as_query()}
    return {
        "filters": filter_form(filters, reverse("search"), asked),
        "facets": _facets(found, filters, asked),
        "search_hidden": [(name, value) for name, value in kept.items() if name != "q"],
        "results": found.results,
        "is_first_page": found.page.is_first,
        "corrected": list(found.corrected.items()),
        "unknown": found.unknown,
        "count_label": _count_label(found),
        "orders": list(_orders(question, filters, newest)),
        "suggestion": _link(found.suggestion, Question.from_text(found.suggestion), filters),
        **_pages(found, kept),
        **_end(found, question, filters, newest),
        **({} if found.results else _ways_on(question, filters)),
    }


def _facets(found: Answer, filters: Filters, asked: dict[str, str]) -> list[dict[str, Any]]:
    is_whole = len(found.found) < CANDIDATES
    return facet_links(Counted.of_answers(found.found, filters, is_whole=is_whole), filters, reverse("search"), asked)


def _count_label(found: Answer) -> str:
    total = found.page.total
    if not found.results:
        return _("Hasil pencarian")
    if total is None:
        return _("Hasil pencarian: banyak berita")
    return ngettext("Ditemukan %(total)d berita", "Ditemukan %(total)d berita", total) % {"total": total}


def _orders(question: Question, filters: Filters, newest: bool) -> Iterator[dict[str, Any]]:
    yield {"label": _("Paling sesuai"), "url": _address(question, filters), "is_chosen": not newest}
    yield {"label": _("Terbaru"), "url": _address(question, filters, newest=True), "is_chosen": newest}


def _pages(found: Answer, kept: dict[str, str]) -> dict[str, str | None]:
    steps = {"newer_url": found.page.newer, "older_url": found.page.older}
    path = reverse("search")
    return {name: None if step is None else f"{path}?{urlencode({**kept, **step})}" for name, step in steps.items()}


def _end(found: Answer, question: Question, filters: Filters, newest: bool) -> dict[str, Any]:
    """Where the ranking ends and there is more, the way to all of it."""
    is_end = not newest and found.page.older is None and found.page.total is None
    return {"is_end_of_many": is_end, "newest_url": _address(question, filters, newest=True)}


def _ways_on(question: Question, filters: Filters) -> dict[str, Any]:
    """What would find something, and the latest news."""
    labels = {
        "filters": _("Cari tanpa saringan"),
        "phrases": _("Cari kata-kata itu tanpa tanda kutip"),
        "exclusions": _("Cari tanpa menyisihkan kata"),
    }
    ways = (_link(labels[name], weaker, within) for name, weaker, within in alternatives(question, filters))
    return {"ways_out": list(ways), "latest": list(public_headlines()[:LATEST])}


def _link(text: str, question: Question, filters: Filters) -> dict[str, str] | None:
    return {"text": text, "label": text, "url": _address(question, filters)} if text else None


def _address(question: Question, filters: Filters, *, newest: bool = False) -> str:
    order = {ORDER: NEWEST} if newest else {}
    return f"{reverse('search')}?{urlencode({'q': question.typed, **order, **filters.as_query()})}"
