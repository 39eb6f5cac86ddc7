"""What `manage.py check` says about settings that a slip of the pen would silently weaken."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from offices.roles import Role
from offices.signin.second_factor import unknown_roles


@register(Tags.security)
def required_roles_exist(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Roles of `REQUIRE_SECOND_FACTOR_FOR` that do not exist; the server refuses to start with them too."""
    unknown = unknown_roles()
    if not unknown:
        return []
    hint = f"The roles are: {', '.join(Role.values)}."
    return [Error(f"REQUIRE_SECOND_FACTOR_FOR names no role: {', '.join(unknown)}.", hint=hint, id="offices.E001")]


@register(Tags.security, deploy=True)
def mail_can_lead_here(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A portal that others reach knows its own address: mail is written where no request tells it."""
    if settings.SITE_URL:
        return []
    hint = "Set it to where readers find the portal, such as https://kabar.example.go.id."
    return [Warning("SITE_URL is not set: links in mail lead to http://localhost:8000.", hint=hint, id="offices.W001")]
