"""The read-only API: what the public may read, for programs."""
