"""Releases: the public edition as it was published; each stays as it is, one at a time is the current one."""
