"""What the Lieferbuch refuses, as errors whose German text a person can act upon."""


class LieferbuchError(ValueError):
    """The Lieferbuch refuses what was asked of it; the text says why and what to do."""


class VerbindungError(LieferbuchError):
    """The database cannot be reached, is not set up, or of another version."""


class SpeicherError(VerbindungError):
    """The database can be reached, but its disk has no room to write."""


class UnbekanntError(LieferbuchError):
    """What was asked about is not in the Lieferbuch."""


class UebergangError(LieferbuchError):
    """The version cannot go from its state to the one asked for."""


class RechtError(LieferbuchError):
    """The person may not do this: the role is missing, or somebody else has to do it (four eyes)."""


class WiderspruchError(LieferbuchError):
    """Receipt and Lieferbuch tell different things of the same version."""
