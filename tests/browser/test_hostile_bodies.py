"""Hostile bodies, rendered by a real browser: nothing of them runs, and nothing of them reaches another host."""

import pytest
from django.db import connection

from news.models import Article, Edition
from tests.factories import published

RUNS = "document.title = 'diretas'"
FRAGMENTS = [
    f"<script>{RUNS}</script>",
    f'<p><img src=x onerror="{RUNS}"></p>',
    f'<svg onload="{RUNS}"></svg>',
    f"<svg><script>{RUNS}</script></svg>",
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUNS}">',
    f'<p><a href="javascript:{RUNS}">klik</a></p>',
    f'<p><a href="data:text/html,<script>{RUNS}</script>">klik</a></p>',
    f'<iframe srcdoc="<script>parent.{RUNS}</script>"></iframe>',
    "<style>body{background:url(https://jahat.example/x)}</style>",
    '<p style="background:url(https://jahat.example/y)">gaya</p>',
    '<meta http-equiv=refresh content="0;url=https://jahat.example/">',
    '<base href="https://jahat.example/">',
    '<form action="https://jahat.example/"><button>kirim</button></form>',
    f'<details open ontoggle="{RUNS}"><summary>x</summary></details>',
    f'<noscript><p title="</noscript><img src=x onerror={RUNS}>">',
    f"<p>a<b><i></p><td><select><template><script>{RUNS}</script>",
    f"<div class='baca-juga' data-article='1' onclick=\"{RUNS}\"><script>{RUNS}</script></div>",
    f'<a href=x autofocus onfocus="{RUNS}">fokus</a>',
    f'<video><source onerror="{RUNS}"></video>',
    f"</article></main><script>{RUNS}</script>",
]


def stored_raw(edition: Edition, body: str) -> None:
    """Write `body` past every guard of saving, so that only the guard of rendering is left."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_edition SET body = %s WHERE id = %s", [body, edition.pk])


@pytest.mark.parametrize("guarded", [True, False], ids=["saved-through-the-field", "written-into-the-table"])
def test_nothing_hostile_runs_or_leaves_the_site(page, live_server, transactional_db, guarded):
    hostile = "<p>Awal.</p>" + "".join(FRAGMENTS) + "<p>Akhir.</p>"
    edition = published(
        headline="Judul </script><script>document.title='diretas'</script>", body=hostile if guarded else "<p>x</p>"
    )
    if not guarded:
        stored_raw(edition, hostile)
    asked, scripts = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: scripts.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(Article.objects.get().get_absolute_url())
    page.wait_for_timeout(300)
    assert "Awal." in page.locator(".story__body").inner_text()
    assert not page.title().startswith("diretas")
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert scripts == [], "the sanitiser left the policy something to stop"
    assert (
        page.locator(".story__body :is(script, style, svg, iframe, form, img, meta, base, [onerror], [style])").count()
        == 0
    )
