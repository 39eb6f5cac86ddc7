"""Tags in the newsroom: spelled by the central administrator, used by everybody."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag as UnusedTag

from news.admin.merging import MergeAdmin
from news.models import FormerTag, Tag, TaggedEdition
from news.widgets import tags_from_text
from offices.admin.scoping import OfficeScopedAdmin, SearchSelect
from offices.models.typed import TURNING

admin.site.unregister(UnusedTag)  # after its registration: that admin has a page which merges tags for whoever asks


class TagForm(forms.ModelForm):
    """Takes a name as an article takes it: as one tag however it is spelled, and never one that was merged away."""

    class Meta:
        labels = {"name": _("Nama"), "slug": _("Alamat")}
        error_messages = {"name": {"unique": _("Tag bernama ini sudah ada.")}}

    def clean_name(self):
        name = " ".join(TURNING.sub("", self.cleaned_data["name"]).split())
        if tags_from_text(name) != [name]:
            raise ValidationError(_("Tag ditulis tanpa koma dan tanpa tanda kutip ganda."))
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(self.fields["name"].error_messages["unique"])
        former = FormerTag.objects.filter(name__iexact=name).select_related("tag").first()
        if former:
            raise ValidationError(_("“%(name)s” sudah disatukan ke “%(tag)s”.") % {"name": name, "tag": former.tag})
        return name


@admin.register(Tag)
class TagAdmin(MergeAdmin, OfficeScopedAdmin):
    form = TagForm
    list_display = ("called", "address")
    search_fields = ("name",)

    readonly_fields = ("slug",)

    @admin.display(description=_("nama"), ordering="name")
    def called(self, tag):
        return tag.name

    @admin.display(description=_("alamat"), ordering="slug")
    def address(self, tag):
        return tag.slug

    def target_widget(self):
        return SearchSelect(TaggedEdition._meta.get_field("tag"), self.admin_site)
