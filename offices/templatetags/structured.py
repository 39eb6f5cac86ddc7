"""The element in a page's head that tells machines what the page is about."""

from functools import partial

from django import template
from django.utils.safestring import SafeString

from offices.links import absolute
from offices.structured import as_script, breadcrumbs

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context) -> SafeString | str:
    """What the view put into `structured`, and the way that `crumbs` shows; nothing where robots are kept out."""
    nodes = list(context.get("structured") or [])
    if context.get("crumbs") and not any(node["@type"] == "BreadcrumbList" for node in nodes):
        nodes.append(breadcrumbs(partial(absolute, context["request"]), context["crumbs"]))
    return as_script(nodes) if nodes and not context.get("robots") else ""
