"""The words of a mail.

What belongs here: from what there is to tell to a message. What does not: what is told (`assets/lieferbuch/`).
The page in the portal says all else, to those who may see it.
"""

from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from assets.lieferbuch.mailadresse import pruefe_adresse
from assets.lieferbuch.neuigkeiten import Nachricht, Person
from assets.lieferbuch.postausgang import Sendung
from assets.ortszeit import ORTSZEIT
from assets.vorlagen import umgebung
from pipeline.mail.einstellung import Einstellung, einzeilig
from pipeline.portal.rahmen import fassungspfad, jahrespfad
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land
from schemas.zahlwort import in_zahlen


def schreibe_mail(
    sendung: Sendung, person: Person, land: Land, einstellung: Einstellung, jetzt: datetime
) -> EmailMessage:
    """The mail that tells a person what is in it.

    Raises:
        LieferbuchError: the person's address is none that can be written to.
    """
    bezug = {"name": einzeilig(person.name), "portal": einstellung.portal}
    an = pruefe_adresse(person.mail)
    if sendung.nachrichten[0].version is None:
        betreff, text = _erinnerung(sendung.nachrichten, land, bezug, jetzt.astimezone(ORTSZEIT).date())
    else:
        betreff, text = _neues(sendung.nachrichten, land, bezug)
    return _rahme(einstellung, Address(bezug["name"], an.username, an.domain), betreff, text, sendung.kennung)


def schreibe_probe(adresse: str, kennung: str, einstellung: Einstellung) -> EmailMessage:
    """A mail that only shows that mails arrive.

    Raises:
        LieferbuchError: the address is none.
    """
    text = _fuelle("probe", portal=einstellung.portal)
    return _rahme(einstellung, pruefe_adresse(adresse), "Probe: Mail aus dem Portal kommt an", text, kennung)


def _rahme(einstellung: Einstellung, an: Address, betreff: str, text: str, kennung: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = einstellung.absender
    mail["To"] = an
    mail["Subject"] = einzeilig(betreff)
    mail["Date"] = datetime.now(UTC)
    mail["Message-ID"] = f"<{kennung}@{einstellung.absender.domain}>"
    # No machine answers with a note about holidays (RFC 3834; the second one is Exchange's).
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text, cte="quoted-printable")
    mail["Content-Language"] = "de"
    return mail


def _fuelle(vorlage: str, **inhalt: object) -> str:
    return umgebung().get_template(f"mail/{vorlage}.txt").render(inhalt)


def _lieferung(n: Nachricht, land: Land) -> str:
    s = n.schluessel
    datensatz, einheit = alle_datensaetze()[s.datensatz].label, land.meldeeinheit(s.meldeeinheit).name
    return f"{datensatz} {s.berichtsjahr}, {einheit}, Version {n.version}"


def _neues(nachrichten: tuple[Nachricht, ...], land: Land, bezug: dict[str, str]) -> tuple[str, str]:
    eintraege = [
        {
            "lieferung": _lieferung(n, land),
            "stand": n.stand,
            "was_nun": n.was_nun,
            "pfad": fassungspfad(n.schluessel, n.version or 0),
        }
        for n in nachrichten
    ]
    if len(nachrichten) == 1:
        betreff = f"{eintraege[0]['lieferung']}: {nachrichten[0].stand}"
    else:
        betreff = f"Neues zu {in_zahlen(len(nachrichten), 'Lieferung', 'Lieferungen')}"
    return betreff, _fuelle("neues", **bezug, eintraege=eintraege)


def _erinnerung(nachrichten: tuple[Nachricht, ...], land: Land, bezug: dict[str, str], heute: date) -> tuple[str, str]:
    s = nachrichten[0].schluessel
    einheit, frist = land.meldeeinheit(s.meldeeinheit).name, land.lieferfristen[s.berichtsjahr]
    spaet, tag = heute > frist, f"{frist:%d.%m.%Y}"
    fehlt = [(alle_datensaetze()[n.schluessel.datensatz].label, n.stand, n.was_nun) for n in nachrichten]
    text = _fuelle(
        "erinnerung",
        **bezug,
        einheit=einheit,
        jahr=s.berichtsjahr,
        frist=tag,
        spaet=spaet,
        fehlt=fehlt,
        pfad=jahrespfad(s.meldeeinheit, s.berichtsjahr),
    )
    anfang = "Frist abgelaufen" if spaet else "Erinnerung"
    return f"{anfang}: Lieferungen {s.berichtsjahr}, {einheit}, Frist {tag}", text
