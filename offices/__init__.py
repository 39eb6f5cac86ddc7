"""The foundation: regions, offices, officials and the people who work in them."""
