"""The forms in which documents, and the rows that attach them to an edition, are written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Attachment, EditionAttachment
from offices.models import Office


class EditionAttachmentForm(forms.ModelForm):
    """A title left empty is taken from the library."""

    class Meta:
        model = EditionAttachment
        fields = ("attachment", "position", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("attachment") and not cleaned.get("title"):
            cleaned["title"] = cleaned["attachment"].title
        return cleaned


class AttachmentUploadForm(forms.ModelForm):
    """A PDF file, the library it goes to, and its title."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    file = forms.FileField(label=_("Berkas"), help_text=_("PDF tanpa sandi, skrip, dan sisipan; paling besar 20 MB."))

    class Meta:
        model = Attachment
        fields = ("title",)

    field_order = ("office", "file", "title")

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["file"].widget.attrs["accept"] = "application/pdf"
