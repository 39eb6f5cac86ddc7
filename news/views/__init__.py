"""The public pages of the main floor."""
