"""The newsroom's pages for offices, officials and staff."""

from offices.admin import accounts, invitations, offices, officials, regions

__all__ = ["accounts", "invitations", "offices", "officials", "regions"]
