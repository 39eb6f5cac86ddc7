"""The ministry's dashboard: how much was published, by whom, who is silent, and what is covered."""
