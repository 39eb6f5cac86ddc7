"""Static files without the parts of the body editor that the portal never loads."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ckeditor/ckeditor/samples*",
        "ckeditor/ckeditor/adapters*",
        "ckeditor/galleriffic*",
        "ckeditor/fileicons*",
    ]
