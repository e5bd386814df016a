"""The tables of the Lieferbuch and the rules the database itself enforces.

What belongs here: tables, keys and CHECKs, made from `schemas.lieferbuch`. What does not: how a database gets them, and
the triggers that keep rows from being changed (`migrationen/`).

SQLAlchemy Core and no ORM: writers are few, each is one short transaction in which the order of statements matters, and
an ORM would decide that order itself.

Times are text, UTC, ISO 8601 to the second, as in receipts: the same in every database and in the audit chain. No table
holds values of cells; findings are counted per rule, severity and column.
"""

import sqlalchemy as sa

from schemas.lieferbuch import (
    EREIGNISSE,
    FASSUNGSZUSTAND,
    MAILANLAESSE,
    OEFFENTLICHE,
    ROLLEN,
    UEBERNOMMEN,
    URTEILE,
    ZURUECKGEZOGEN,
)
from schemas.modell import Schwere

SYSTEM, UNBEKANNT = 1, 2
"""Reserved rows of `benutzer`: the program itself, and a person nobody can name any more."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _unter(spalte: str, werte: tuple[str, ...]) -> str:
    """SQL: the column holds one of these codes."""
    liste = ", ".join(f"'{w}'" for w in werte)
    return f"{spalte} IN ({liste})"


def _person(name: str, *, leer: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("benutzer.id"), nullable=leer)


def _text(name: str, *, leer: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=leer)


def _sha256(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) = 64", name)


benutzer = sa.Table(
    "benutzer",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # What the login knows the person by; where that is a password, its Argon2 hash is beside it.
    _text("kennung"),
    _text("name"),
    _text("mail", leer=True),
    _text("passwort_hash", leer=True),
    _text("angelegt_am"),
    _text("gesperrt_am", leer=True),
    sa.UniqueConstraint("kennung"),
)

rechte = sa.Table(
    "rechte",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _person("benutzer_id"),
    _text("rolle"),
    _text("meldeeinheit", leer=True),
    _person("vergeben_von"),
    _text("vergeben_am"),
    sa.CheckConstraint(
        f"({_unter('rolle', tuple(r for r, d in ROLLEN.items() if d.je_meldeeinheit))} AND meldeeinheit IS NOT NULL)"
        f" OR ({_unter('rolle', tuple(r for r, d in ROLLEN.items() if not d.je_meldeeinheit))}"
        " AND meldeeinheit IS NULL)",
        "rolle",
    ),
    sa.CheckConstraint(f"benutzer_id > {UNBEKANNT}", "person"),
    sa.UniqueConstraint("benutzer_id", "rolle", "meldeeinheit"),
)
# NULL equals nothing, so rights for all Meldeeinheiten need their own index.
sa.Index(
    "uq_rechte_landesweit",
    rechte.c.benutzer_id,
    rechte.c.rolle,
    unique=True,
    sqlite_where=rechte.c.meldeeinheit.is_(None),
    postgresql_where=rechte.c.meldeeinheit.is_(None),
)

zugangsschluessel = sa.Table(
    "zugangsschluessel",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("meldeeinheit"),
    _text("bezeichnung"),
    # SHA-256 of the secret, which is long and random; the secret itself is shown once and never kept.
    _text("sha256"),
    # Whoever answers for the key counts as the person who sends what comes with it.
    _person("verantwortlich"),
    _person("ausgestellt_von"),
    _text("ausgestellt_am"),
    _text("gueltig_bis"),
    _person("widerrufen_von", leer=True),
    _text("widerrufen_am", leer=True),
    _sha256("sha256"),
    sa.CheckConstraint(f"verantwortlich > {UNBEKANNT}", "verantwortlich"),
    sa.CheckConstraint("(widerrufen_von IS NULL) = (widerrufen_am IS NULL)", "widerruf"),
    sa.UniqueConstraint("sha256"),
)

anmeldeversuche = sa.Table(
    "anmeldeversuche",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # SHA-256 of what is limited, an account's name or an address: people type passwords into the wrong box.
    _text("sha256"),
    _text("zeitpunkt"),
    sa.Column("erfolgreich", sa.Boolean, nullable=False),
    _sha256("sha256"),
    sa.Index("ix_anmeldeversuche_sha256_zeitpunkt", "sha256", "zeitpunkt"),
)

lieferungen = sa.Table(
    "lieferungen",
    metadata,
    _text("datensatz"),
    _text("meldeeinheit"),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("meldeeinheit", "berichtsjahr", "datensatz"),
)

fassungen = sa.Table(
    "fassungen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("datensatz"),
    _text("meldeeinheit"),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _text("sha256"),
    _text("zustand"),
    _person("eingereicht_von"),
    # Approval and withdrawal are facts about the version, at most one of each at a time; so one row can be made to
    # prove four eyes. Earlier approvals stand in the audit trail.
    _person("freigegeben_von", leer=True),
    _text("freigegeben_am", leer=True),
    _person("zurueckgezogen_von", leer=True),
    _text("zurueckgezogen_am", leer=True),
    _text("rueckzugsgrund", leer=True),
    sa.ForeignKeyConstraint(
        ["meldeeinheit", "berichtsjahr", "datensatz"],
        ["lieferungen.meldeeinheit", "lieferungen.berichtsjahr", "lieferungen.datensatz"],
    ),
    sa.UniqueConstraint("meldeeinheit", "berichtsjahr", "datensatz", "version"),
    sa.UniqueConstraint("meldeeinheit", "berichtsjahr", "datensatz", "sha256"),
    sa.CheckConstraint("version >= 1", "version"),
    _sha256("sha256"),
    sa.CheckConstraint(_unter("zustand", FASSUNGSZUSTAND.schluessel), "zustand"),
    sa.CheckConstraint(
        "freigegeben_von IS NULL OR (freigegeben_am IS NOT NULL AND freigegeben_von <> eingereicht_von"
        f" AND freigegeben_von > {UNBEKANNT} AND eingereicht_von <> {UNBEKANNT})",
        "vier_augen",
    ),
    sa.CheckConstraint(f"NOT {_unter('zustand', OEFFENTLICHE)} OR freigegeben_von IS NOT NULL", "freigabe"),
    sa.CheckConstraint(
        f"(zustand = '{ZURUECKGEZOGEN}' AND zurueckgezogen_von IS NOT NULL AND zurueckgezogen_am IS NOT NULL"
        " AND rueckzugsgrund IS NOT NULL AND length(trim(rueckzugsgrund)) > 0)"
        f" OR (zustand <> '{ZURUECKGEZOGEN}' AND zurueckgezogen_von IS NULL AND zurueckgezogen_am IS NULL"
        " AND rueckzugsgrund IS NULL)",
        "rueckzug",
    ),
)


def _hoechstens_eine(name: str, zustaende: tuple[str, ...]) -> None:
    """Of the versions of a delivery at most one can be in these states."""
    wo = fassungen.c.zustand.in_(zustaende)
    spalten = (fassungen.c.meldeeinheit, fassungen.c.berichtsjahr, fassungen.c.datensatz)
    sa.Index(name, *spalten, unique=True, sqlite_where=wo, postgresql_where=wo)


# Two, because a new version that is accepted must not take the released one off the public pages before it is released.
_hoechstens_eine("uq_fassungen_uebernommen", UEBERNOMMEN)
_hoechstens_eine("uq_fassungen_oeffentlich", OEFFENTLICHE)

belege = sa.Table(
    "belege",
    metadata,
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id"), primary_key=True, autoincrement=False),
    _text("nummer"),
    sa.Column("groesse", sa.BigInteger, nullable=False),
    _text("dateiname"),
    _text("endung"),
    _text("eingegangen_am"),
    _text("weg"),
    sa.Column("synthetisch", sa.Boolean, nullable=False),
    sa.CheckConstraint("groesse >= 0", "groesse"),
    sa.UniqueConstraint("nummer"),
)

pruefungen = sa.Table(
    "pruefungen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id"), nullable=False, index=True),
    _text("zustand"),
    _text("regel_version"),
    sa.Column("zeilen", sa.Integer, nullable=False),
    # Tells whether a protocol was booked already, without reading it.
    _text("protokoll_sha256"),
    _text("gebucht_am"),
    sa.CheckConstraint(_unter("zustand", URTEILE), "zustand"),
    sa.CheckConstraint("zeilen >= 0", "zeilen"),
    _sha256("protokoll_sha256"),
)

befundsummen = sa.Table(
    "befundsummen",
    metadata,
    sa.Column("pruefung_id", sa.Integer, sa.ForeignKey("pruefungen.id"), nullable=False),
    _text("code"),
    _text("schwere"),
    # Name of the contract's column; empty where a finding is about a row or the file.
    _text("spalte"),
    sa.Column("anzahl", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("pruefung_id", "code", "spalte"),
    sa.CheckConstraint(_unter("schwere", tuple(s.value for s in Schwere)), "schwere"),
    sa.CheckConstraint("anzahl > 0", "anzahl"),
)

kommentare = sa.Table(
    "kommentare",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id"), nullable=False, index=True),
    _text("code"),
    _text("spalte"),
    _text("text"),
    _person("verfasst_von"),
    _text("verfasst_am"),
    sa.CheckConstraint("length(trim(text)) > 0", "text"),
)

anmerkungen = sa.Table(
    "anmerkungen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("meldeeinheit", sa.Text, nullable=False, index=True),
    _text("indikator_id"),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    _text("text"),
    _person("verfasst_von"),
    _text("verfasst_am"),
    sa.CheckConstraint("length(trim(text)) > 0", "text"),
)

veroeffentlichungen = sa.Table(
    "veroeffentlichungen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    _person("vorgeschlagen_von"),
    _text("vorgeschlagen_am"),
    _person("freigegeben_von", leer=True),
    _text("freigegeben_am", leer=True),
    _text("verworfen_am", leer=True),
    sa.CheckConstraint(f"vorgeschlagen_von > {UNBEKANNT}", "person"),
    sa.CheckConstraint(
        "(freigegeben_von IS NULL AND freigegeben_am IS NULL) OR (freigegeben_am IS NOT NULL"
        f" AND freigegeben_von <> vorgeschlagen_von AND freigegeben_von > {UNBEKANNT} AND verworfen_am IS NULL)",
        "vier_augen",
    ),
)
_offen = veroeffentlichungen.c.freigegeben_am.is_(None) & veroeffentlichungen.c.verworfen_am.is_(None)
sa.Index(
    "uq_veroeffentlichungen_offen",
    veroeffentlichungen.c.berichtsjahr,
    unique=True,
    sqlite_where=_offen,
    postgresql_where=_offen,
)

veroeffentlichte_fassungen = sa.Table(
    "veroeffentlichte_fassungen",
    metadata,
    sa.Column("veroeffentlichung_id", sa.Integer, sa.ForeignKey("veroeffentlichungen.id"), nullable=False),
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id"), nullable=False),
    sa.PrimaryKeyConstraint("veroeffentlichung_id", "fassung_id"),
)

ausgaben = sa.Table(
    "ausgaben",
    metadata,
    sa.Column(
        "veroeffentlichung_id",
        sa.Integer,
        sa.ForeignKey("veroeffentlichungen.id"),
        primary_key=True,
        autoincrement=False,
    ),
    # What came of it: the release that was made, or why none was.
    _text("ausgabe", leer=True),
    _text("grund", leer=True),
    _text("vermerkt_am"),
    sa.CheckConstraint("(ausgabe IS NULL) <> (grund IS NULL)", "eines"),
)

notizen = sa.Table(
    "notizen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("meldeeinheit"),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    _text("text"),
    _person("verfasst_von"),
    _text("verfasst_am"),
    sa.CheckConstraint("length(trim(text)) > 0", "text"),
    sa.Index("ix_notizen_meldeeinheit_berichtsjahr", "meldeeinheit", "berichtsjahr"),
)

rueckfragen = sa.Table(
    "rueckfragen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("meldeeinheit"),
    sa.Column("berichtsjahr", sa.Integer, nullable=False),
    # None where a question is about no single dataset.
    _text("datensatz", leer=True),
    _text("text"),
    _person("gestellt_von"),
    _text("gestellt_am"),
    _text("antwort", leer=True),
    _person("beantwortet_von", leer=True),
    _text("beantwortet_am", leer=True),
    sa.CheckConstraint("length(trim(text)) > 0", "text"),
    sa.CheckConstraint(
        "(antwort IS NULL AND beantwortet_von IS NULL AND beantwortet_am IS NULL)"
        " OR (length(trim(antwort)) > 0 AND beantwortet_von IS NOT NULL AND beantwortet_am IS NOT NULL)",
        "antwort",
    ),
    sa.Index("ix_rueckfragen_meldeeinheit_berichtsjahr", "meldeeinheit", "berichtsjahr"),
)

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _person("benutzer_id"),
    _text("anlass"),
    # None for a reminder: then the delivery is the one of the key, which may not have come yet.
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id")),
    _text("betrifft"),
    _text("erstellt_am"),
    # The mail it goes out with, the same at every attempt; several things can be told in one.
    _text("sendung", leer=True),
    sa.Column("versuche", sa.Integer, nullable=False, server_default="0"),
    _text("naechster_versuch", leer=True),
    _text("versandt_am", leer=True),
    # No longer so when it could have been told.
    _text("hinfaellig_am", leer=True),
    _text("fehler", leer=True),
    sa.CheckConstraint(_unter("anlass", MAILANLAESSE.schluessel), "anlass"),
    sa.CheckConstraint("versuche >= 0", "versuche"),
    sa.CheckConstraint("versandt_am IS NULL OR (hinfaellig_am IS NULL AND sendung IS NOT NULL)", "versandt"),
    # The same thing is told the same person once, however often it is asked for.
    sa.UniqueConstraint("benutzer_id", "anlass", "betrifft"),
)

ereignisse = sa.Table(
    "ereignisse",
    metadata,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=False),
    _text("zeitpunkt"),
    _text("art"),
    _person("akteur"),
    sa.Column("fassung_id", sa.Integer, sa.ForeignKey("fassungen.id"), index=True),
    # Canonical JSON as text: the chain is over these bytes, and a database must not write them its own way.
    _text("daten"),
    _text("vorher"),
    _text("hash"),
    sa.CheckConstraint("nummer >= 1", "nummer"),
    sa.CheckConstraint(_unter("art", EREIGNISSE.schluessel), "art"),
    _sha256("vorher"),
    _sha256("hash"),
    sa.UniqueConstraint("vorher"),
    sa.UniqueConstraint("hash"),
)

sitzungen = sa.Table(
    "sitzungen",
    metadata,
    # SHA-256 of what the browser holds: who reads the database cannot sign in with it.
    sa.Column("sha256", sa.Text, primary_key=True),
    _person("benutzer_id"),
    _text("begonnen_am"),
    _text("zuletzt_am"),
    _sha256("sha256"),
)

anmeldungen = sa.Table(
    "anmeldungen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("benutzer_id", sa.Integer, sa.ForeignKey("benutzer.id"), nullable=False, index=True),
    _text("zeitpunkt"),
)

passwortlinks = sa.Table(
    "passwortlinks",
    metadata,
    # SHA-256 of the secret in the link, which is shown once and never kept.
    sa.Column("sha256", sa.Text, primary_key=True),
    _person("benutzer_id"),
    _text("gueltig_bis"),
    _sha256("sha256"),
    sa.CheckConstraint(f"benutzer_id > {UNBEKANNT}", "person"),
    # A new link takes the place of the one before.
    sa.UniqueConstraint("benutzer_id"),
)

verknuepfungen = sa.Table(
    "verknuepfungen",
    metadata,
    # Who signs people in (OIDC issuer), and what it calls this one for ever.
    sa.Column("aussteller", sa.Text, primary_key=True),
    sa.Column("subjekt", sa.Text, primary_key=True),
    _person("benutzer_id"),
    _person("verknuepft_von"),
    _text("verknuepft_am"),
    sa.CheckConstraint(f"benutzer_id > {UNBEKANNT}", "person"),
    sa.UniqueConstraint("benutzer_id", "aussteller"),
)
