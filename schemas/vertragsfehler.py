"""The error every contradictory definition of the contract raises at import."""


class Vertragsfehler(ValueError):
    """A definition of the contract contradicts itself or another one."""
