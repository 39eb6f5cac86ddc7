"""The newsroom's pages for offices, officials and staff."""

from offices.admin import accounts, offices, officials, regions

__all__ = ["accounts", "offices", "officials", "regions"]
