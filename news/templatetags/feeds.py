"""The addresses of a feed in its other forms."""

from django import template

from news.feeds.addresses import in_form

register = template.Library()
register.filter("in_form", in_form)
