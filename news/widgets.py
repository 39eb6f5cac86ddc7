"""Widgets of the newsroom's forms."""

from ckeditor.widgets import CKEditorWidget


class CKEditorBodyWidget(CKEditorWidget):
    """CKEditor 4 with the minimal toolbar of the configuration "article" and no uploader."""

    def __init__(self):
        super().__init__(config_name="article")
