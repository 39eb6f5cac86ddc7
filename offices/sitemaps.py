"""The pages of the foundation's nouns, for search engines."""

from django.contrib.sitemaps import Sitemap

from offices.models import Office, Official, Region


class OfficeSitemap(Sitemap):
    def items(self):
        return Office.objects.order_by("pk")


class OfficialSitemap(Sitemap):
    def items(self):
        return Official.objects.order_by("pk")


class RegionSitemap(Sitemap):
    def items(self):
        return Region.objects.order_by("code")
