"""Rules that see more than one file: recomputed from the whole state, blocking only the release."""
