"""The one error a reader of statistics exports raises."""


class ReferenzFehler(ValueError):
    """A statistics export cannot be read or must not be used this way.

    The text is shown to users: file, what is wrong, what to do about it.
    """

    def __init__(self, datei: str, meldung: str, abhilfe: str) -> None:
        super().__init__(f"{datei}: {meldung} {abhilfe}")
        self.datei = datei
        self.meldung = meldung
        self.abhilfe = abhilfe
