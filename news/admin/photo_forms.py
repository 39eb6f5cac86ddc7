"""The forms in which photos, and the rows that place them in an edition, are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.focal import STEP
from news.models import EditionPhoto, Photo
from offices.models import Office

WORDS = ("title", "caption", "credit", "alt")
FOCAL = ("focal_x", "focal_y")


class PercentField(forms.IntegerField):
    """A share of a side (0 to 1) written as a whole number of per cent."""

    def __init__(self, *, label: str):
        super().__init__(
            label=label,
            min_value=0,
            max_value=100,
            required=False,
            widget=forms.NumberInput(attrs={"step": STEP, "class": "focal-number"}),
        )

    def prepare_value(self, value: Any) -> Any:
        return round(value * 100) if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        percent = super().clean(value)
        return None if percent is None else percent / 100

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not None and super().has_changed(self.prepare_value(initial), data)


class FocalForm(forms.ModelForm):
    """A focal point in per cent; where it was not touched or is left out, what is stored stays as it is."""

    focal_x = PercentField(label=_("Titik fokus dari kiri (%)"))
    focal_y = PercentField(label=_("Titik fokus dari atas (%)"))

    def clean(self):
        cleaned = super().clean()
        for name in FOCAL:
            if name not in self.changed_data or cleaned.get(name) is None:
                cleaned[name] = getattr(self.instance, name)
        return cleaned


class PhotoForm(FocalForm):
    class Meta:
        model = Photo
        fields = (*WORDS, *FOCAL)


class EditionPhotoForm(FocalForm):
    """Words left empty are taken from the library, and so is the focal point of a photo that was just chosen."""

    class Meta:
        model = EditionPhoto
        fields = ("photo", "position", "caption", "credit", "alt", *FOCAL)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name in FOCAL:
                self.initial.pop(name, None)

    def clean(self):
        cleaned = super().clean()
        photo = cleaned.get("photo")
        for name in ("caption", "credit", "alt"):
            if photo and not cleaned.get(name):
                cleaned[name] = getattr(photo, name)
        if photo and "photo" in self.changed_data:
            for name in FOCAL:
                if name not in self.changed_data:
                    cleaned[name] = getattr(photo, name)
        return cleaned


class UploadForm(forms.ModelForm):
    """A picture file, the library it goes to, and what is known about it."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    file = forms.FileField(label=_("Berkas"), help_text=_("JPEG, PNG, atau WebP; paling besar 20 MB."))

    class Meta:
        model = Photo
        fields = WORDS

    field_order = ("office", "file", *WORDS)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["file"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
