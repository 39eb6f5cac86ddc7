"""The addresses of the main floor."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from news.views import (
    about,
    archive,
    articles,
    calendars,
    cards,
    demands,
    embeds,
    events,
    feeds,
    lists,
    newsrooms,
    officials,
    reads,
    regions,
    rubrics,
    search,
    sharelinks,
    sitemaps,
    subscriptions,
    tags,
)


class Year(IntConverter):
    regex = "[0-9]{4}"


class Month(StringConverter):
    """Two digits, as text."""

    regex = "0[1-9]|1[0-2]"


class Day(StringConverter):
    """Two digits, as text."""

    regex = "0[1-9]|[12][0-9]|3[01]"


class RegionCode(StringConverter):
    """`73` or `73.03`."""

    regex = r"[0-9]{2}(?:\.[0-9]{2})?"


class ShareToken(StringConverter):
    """What opens a shared edition; anything longer or otherwise written is no page at all."""

    regex = r"[A-Za-z0-9_.-]{40,200}"


class DemandToken(StringConverter):
    """What opens the page of a demand to whoever filed it."""

    regex = r"[A-Za-z0-9_:-]{60,300}"


class FileNumber(StringConverter):
    regex = "[0-9]{1,6}"


register_converter(Year, "year")
register_converter(Month, "month")
register_converter(Day, "day")
register_converter(RegionCode, "region")
register_converter(FileNumber, "number")
register_converter(ShareToken, "share")
register_converter(DemandToken, "demand")

urlpatterns = [
    path("berita/", lists.article_list, name="article_list"),
    path("cari/", search.search, name="search"),
    path("berita/feed/", feeds.article_feed, name="article_feed"),
    path("indeks/", archive.index, name="archive_index"),
    path("berita/<year:year>/", archive.year_index, name="year_index"),
    path("berita/<year:year>/<month:month>/", archive.month_index, name="month_index"),
    path("berita/<year:year>/<month:month>/<day:day>/", archive.day_index, name="day_index"),
    path("berita/<year:year>/<month:month>/<slug:slug>/", articles.article_detail, name="article_detail"),
    path("berita/<year:year>/<month:month>/<slug:slug>/kartu.jpg", cards.article_card, name="article_card"),
    path("tentang/", about.about, name="about"),
    path("pedoman/", about.guidelines, name="guidelines"),
    path("aksesibilitas/", about.accessibility, name="accessibility"),
    path("privasi/", about.privacy, name="privacy"),
    path("berita/<year:year>/<month:month>/<slug:slug>/hak-jawab/", demands.demand_form, name="demand_form"),
    path("hak-jawab/<demand:token>/", demands.demand_status, name="demand_status"),
    path("dibaca/<int:article_id>/", reads.article_read, name="article_read"),
    path("feed/", feeds.article_feed, name="feed"),
    path("langganan/", subscriptions.feed_directory, name="feed_directory"),
    path("wilayah/", regions.region_list, name="region_list"),
    path("wilayah/<region:code>/", regions.region_detail, name="region_detail"),
    path("wilayah/<region:code>/feed/", feeds.region_feed, name="region_feed"),
    path("wilayah/<region:code>/agenda.ics", calendars.region_calendar, name="region_calendar"),
    path("kantor/<slug:slug>/", newsrooms.office_detail, name="office_detail"),
    path("kantor/<slug:slug>/kartu.jpg", cards.office_card, name="office_card"),
    path("kantor/<slug:slug>/feed/", feeds.office_feed, name="office_feed"),
    path("kantor/<slug:slug>/agenda.ics", calendars.office_calendar, name="office_calendar"),
    path("pejabat/<slug:slug>/", officials.official_detail, name="official_detail"),
    path("pejabat/<slug:slug>/kartu.jpg", cards.official_card, name="official_card"),
    path("pejabat/<slug:slug>/feed/", feeds.official_feed, name="official_feed"),
    path("agenda/", events.event_list, name="event_list"),
    path("agenda/agenda.ics", calendars.national_calendar, name="national_calendar"),
    path("agenda/<year:year>/<month:month>/", events.event_month, name="event_month"),
    path("agenda/<year:year>/<slug:slug>/", events.event_detail, name="event_detail"),
    path("agenda/<year:year>/<slug:slug>/kartu.jpg", cards.event_card, name="event_card"),
    path("agenda/<year:year>/<slug:slug>/feed/", feeds.event_feed, name="event_feed"),
    path("agenda/<year:year>/<slug:slug>/agenda.ics", calendars.event_calendar, name="event_calendar"),
    path("rubrik/<slug:slug>/", rubrics.rubric_detail, name="rubric_detail"),
    path("rubrik/<slug:slug>/<year:year>/", rubrics.rubric_detail, name="rubric_year"),
    path("rubrik/<slug:slug>/feed/", feeds.rubric_feed, name="rubric_feed"),
    path("tag/<slug:slug>/", tags.tag_detail, name="tag_detail"),
    path("tag/<slug:slug>/<year:year>/", tags.tag_detail, name="tag_year"),
    path("tag/<slug:slug>/feed/", feeds.tag_feed, name="tag_feed"),
    path("pratinjau/<share:token>/", sharelinks.shared_edition, name="shared_edition"),
    path("pratinjau/<share:token>/foto/<int:photo_id>/<int:width>/", sharelinks.shared_photo, name="shared_photo"),
    path("pratinjau/<share:token>/lampiran/<int:attachment_id>/", sharelinks.shared_document, name="shared_document"),
    path("widget/", embeds.embed_builder, name="embed_builder"),
    path("widget/berita/", embeds.embed_page, name="embed_page"),
    path("widget/berita.json", embeds.embed_data, name="embed_data"),
    path("kartu.jpg", cards.site_card, name="site_card"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("sitemap-<slug:section>-<number:number>.xml", sitemaps.block_sitemap, name="block_sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section_sitemap, name="section_sitemap"),
]
