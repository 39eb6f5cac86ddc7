"""What all tests share: tests of the other database are set aside."""

OTHER_ENGINE = {"sqlite": "postgres", "postgresql": "sqlite_only"}


def pytest_collection_modifyitems(config, items):
    """Set the tests of the other database aside."""
    from django.db import connection

    other = OTHER_ENGINE[connection.vendor]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(other)])
    items[:] = [item for item in items if not item.get_closest_marker(other)]
