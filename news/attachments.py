"""An office's documents: taking a PDF in, and what a reader is told about one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Attachment, Edition, EditionAttachment
from news.pdf import checked_pdf
from offices.models import Kind, Office
from offices.trail import record

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
"""Sent with every document: it is kept by the reader, and never shown as a page of this site."""


@dataclass(frozen=True)
class Document:
    """An attached document as a page shows it: "PDF, 3 halaman, 1,2 MB" is its `length`."""

    title: str
    url: str
    length: str


def public_address(attachment: Attachment) -> str:
    """Where everybody finds the document while a live edition attaches it."""
    return default_storage.url(attachment.file.name)


def documents_of(edition: Edition, address: Callable[[Attachment], str] = public_address) -> list[Document]:
    """The documents of `edition`, loaded `with_content()`, in order, each under what `address` gives for it."""
    rows = attached_rows(edition)
    return [Document(row.title, address(row.attachment), length_of(row.attachment)) for row in rows]


def attached_rows(edition: Edition) -> list[EditionAttachment]:
    """The rows that attach documents to `edition`, loaded `with_content()`; no query where it has none."""
    return list(edition.attachments.select_related("attachment")) if edition.has_attachments else []


def length_of(attachment: Attachment) -> str:
    """The kind, number of pages where known, and size of a document, in words."""
    size = filesizeformat(attachment.size)
    if not attachment.pages:
        return _("PDF, %(size)s") % {"size": size}
    return _("PDF, %(pages)d halaman, %(size)s") % {"pages": attachment.pages, "size": size}


def download(attachment: Attachment) -> FileResponse:
    """The document out of private storage, kept by the reader and never shown as a page; 404 where it is lost."""
    name, private = attachment.file.name, storages["private"]
    if not private.exists(name):
        raise Http404
    filename = name.rsplit("/", 1)[-1]
    kind = "application/pdf"
    return FileResponse(private.open(name), content_type=kind, as_attachment=True, filename=filename, headers=HEADERS)


def add_attachment(file: Any, *, office: Office, by: Any, title: str, at: datetime | None = None) -> Attachment:
    """Check the PDF in `file` and store it as it is, privately, in the library of `office`.

    Call it outside a transaction: it reads megabytes. Raises `news.pdf.RefusedDocument` with a sentence, or
    `ValidationError`; the file is written before the row, so a crash leaves a file without a row and never the reverse.
    """
    document = checked_pdf(file)
    attachment = Attachment(
        office=office,
        size=len(document.content),
        pages=document.pages,
        sha256=document.sha256,
        title=title,
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
    )
    attachment.full_clean(exclude=["file"])
    attachment.file = storages["private"].save(attachment.first_name(), ContentFile(document.content))
    with transaction.atomic():
        attachment.save()
        record(Kind.UPLOADED, by=by, thing=attachment)
    return attachment
