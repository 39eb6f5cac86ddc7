"""What a link to a page shows elsewhere: its picture, and a description that need not be written twice."""

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

from news.social import SharePicture, of_any_page

register = template.Library()


@register.simple_tag(takes_context=True)
def share_picture(context) -> SharePicture | None:
    """The picture that the view has chosen, else the portal's own; none for a page without an address to share."""
    if not context.get("canonical_url"):
        return None
    return context.get("share_image") or of_any_page(context["request"])


@register.simple_tag(takes_context=True)
def again(context, name: str) -> SafeString:
    """What the block `name` holds on this page, once more."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context) if block else "")  # noqa: S308 - rendered by the same template
