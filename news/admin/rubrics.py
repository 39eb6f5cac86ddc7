"""Rubrics in the newsroom: kept by the central administrator."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news.admin.merging import MergeAdmin
from news.models import FormerRubric, Rubric
from offices.admin.scoping import OfficeScopedAdmin


class RubricForm(forms.ModelForm):
    """Refuses an address that leads to the rubric another one was merged into."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        former = FormerRubric.objects.filter(slug=slug).select_related("rubric").first()
        if former:
            raise ValidationError(_("Alamat ini sudah menuju “%s”. Pakai alamat lain.") % former.rubric)
        return slug


@admin.register(Rubric)
class RubricAdmin(MergeAdmin, OfficeScopedAdmin):
    form = RubricForm
    list_display = ("name", "slug", "order")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()
