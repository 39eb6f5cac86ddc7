"""What the walk through the data found each night."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.roles import Role
from offices.scope import Scope


class Inspection(models.Model):
    """One check of one night: owed until `finished_at`, with how many violations it found and the first of them."""

    scope = Scope(office=None, editors=frozenset(), readers=frozenset({Role.ADMINISTRATOR, Role.AUDITOR}))

    night = models.DateField(_("malam"))
    name = models.CharField(_("pemeriksaan"), max_length=60)
    due_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(_("selesai"), null=True)
    violations = models.PositiveIntegerField(_("pelanggaran"), default=0)
    sentences = models.TextField(_("yang pertama"), blank=True)

    class Meta:
        verbose_name = _("pemeriksaan malam")
        verbose_name_plural = _("pemeriksaan malam")
        ordering = ["-night", "name"]
        constraints = [models.UniqueConstraint(fields=["night", "name"], name="one_inspection_of_a_kind_a_night")]
        indexes = [models.Index(fields=["due_at"], name="inspections_owed", condition=Q(due_at__isnull=False))]

    def __str__(self):
        return f"{self.night}: {self.name}"
