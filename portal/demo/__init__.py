"""Believable, visibly fictional data that shows every part of the portal at work."""
