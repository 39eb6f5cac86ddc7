"""The roof: settings, addresses, front page and the ministry's dashboard; it owns no tables and only reads."""
