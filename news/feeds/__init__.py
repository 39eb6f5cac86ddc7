"""Feeds: the same articles as the lists, in the three forms that feed readers understand."""
