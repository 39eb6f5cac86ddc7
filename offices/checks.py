"""What `manage.py check` says about settings that a slip of the pen would silently weaken."""

from django.core.checks import CheckMessage, Error, Tags, register

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
