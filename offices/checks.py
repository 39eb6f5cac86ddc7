"""What `manage.py check` says about settings that a slip of the pen would silently weaken."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from offices.roles import Role


@register(Tags.security)
def required_roles_exist(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A role misspelt in `REQUIRE_SECOND_FACTOR_FOR` would be required of nobody."""
    unknown = sorted(set(settings.REQUIRE_SECOND_FACTOR_FOR) - set(Role.values))
    if not unknown:
        return []
    hint = f"The roles are: {', '.join(Role.values)}."
    return [Error(f"REQUIRE_SECOND_FACTOR_FOR names no role: {', '.join(unknown)}.", hint=hint, id="offices.E001")]
