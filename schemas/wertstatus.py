"""Status of a single figure: why it is missing, or with what reservation it stands.

What belongs here: the codes of our own tables and their German texts. What signs a source writes for them is the
business of its reader, because sources use the same sign differently.
"""

from enum import StrEnum

from schemas.modell import Code, Codeliste


class Wertstatus(StrEnum):
    """Code of the status of a figure in checked tables and indicators."""

    NORMAL = "N"
    VORLAEUFIG = "V"
    REVIDIERT = "R"
    GESCHAETZT = "S"
    GEHEIM = "G"
    UNBEKANNT = "U"
    NICHT_BELASTBAR = "L"
    EINGESCHRAENKT = "E"
    NICHT_SINNVOLL = "X"

    @property
    def hat_wert(self) -> bool:
        """True where a number stands beside the status."""
        return self in MIT_WERT


MIT_WERT = frozenset(
    {
        Wertstatus.NORMAL,
        Wertstatus.VORLAEUFIG,
        Wertstatus.REVIDIERT,
        Wertstatus.GESCHAETZT,
        Wertstatus.EINGESCHRAENKT,
    }
)

RANGFOLGE: tuple[Wertstatus, ...] = (
    Wertstatus.NORMAL,
    Wertstatus.REVIDIERT,
    Wertstatus.VORLAEUFIG,
    Wertstatus.GESCHAETZT,
    Wertstatus.EINGESCHRAENKT,
    Wertstatus.NICHT_SINNVOLL,
    Wertstatus.NICHT_BELASTBAR,
    Wertstatus.UNBEKANNT,
    Wertstatus.GEHEIM,
)
"""From harmless to decisive: a figure made of several takes the last status that occurs among them."""

WERTSTATUS = Codeliste(
    "wertstatus",
    "Wertstatus",
    (
        Code("N", "normal", "Die Zahl steht für sich."),
        Code("V", "vorläufig", "Die Zahl kann sich noch ändern."),
        Code("R", "revidiert", "Die Zahl ersetzt eine früher veröffentlichte."),
        Code("S", "geschätzt", "Die Zahl ist eine Schätzung."),
        Code("G", "geheim", "Die Zahl ist bekannt, darf aber nicht gezeigt werden."),
        Code("U", "unbekannt", "Die Zahl wurde nicht erhoben, ist nicht bekannt oder fällt später an."),
        Code("L", "nicht belastbar", "Die Zahl ist zu unsicher, um sie zu zeigen."),
        Code("E", "eingeschränkt", "Die Zahl ist nur eingeschränkt aussagekräftig."),
        Code("X", "nicht sinnvoll", "Eine Angabe ist an dieser Stelle nicht sinnvoll."),
    ),
    quelle="Zeichen der amtlichen Statistik, in Buchstaben",
)
