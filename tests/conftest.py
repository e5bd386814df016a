"""Settings of every test."""

from hypothesis import settings

# How long an example takes says something about the machine, not about the code.
settings.register_profile("ohne_frist", deadline=None)
settings.load_profile("ohne_frist")
