"""The tables of the foundation."""

from offices.models.accounts import Membership, User
from offices.models.invitations import Invitation
from offices.models.offices import Office, SocialAccount
from offices.models.officials import Appointment, Official, Position, Term
from offices.models.regions import Region
from offices.models.sessions import PasswordRequest, Session
from offices.models.trail import Entry, Kind

__all__ = [
    "Appointment",
    "Entry",
    "Invitation",
    "Kind",
    "Membership",
    "Office",
    "Official",
    "PasswordRequest",
    "Position",
    "Region",
    "Session",
    "SocialAccount",
    "Term",
    "User",
]
