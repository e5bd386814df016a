"""Step 1: all tables, the reserved people, and the triggers that keep what was written.

Frozen once in use: what the tables should be now stands in `tabellen.py`, what they were made by stands here. The
triggers are here alone, since SQLAlchemy's metadata knows none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Rows of these tables are facts: they are added and never touched again.
_NUR_ANHAENGEN = ("ereignisse", "lieferungen", "belege", "pruefungen", "befundsummen")
_KEIN_NEUES_GLIED = "Das Ereignis schließt nicht an das letzte an."
_FEST = "Schlüssel, Prüfsumme und abgebende Person einer Fassung stehen fest."


def upgrade() -> None:
    """Creates everything in an empty database."""
    _personen()
    _fassungen()
    _pruefungen()
    _veroeffentlichungen()
    _ereignisse()
    (_ausloeser_sqlite if op.get_context().dialect.name == "sqlite" else _ausloeser_postgresql)()


def _personen() -> None:
    op.create_table(
        "benutzer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kennung", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("passwort_hash", sa.Text(), nullable=True),
        sa.Column("angelegt_am", sa.Text(), nullable=False),
        sa.Column("gesperrt_am", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benutzer")),
        sa.UniqueConstraint("kennung", name=op.f("uq_benutzer_kennung")),
    )
    op.create_table(
        "rechte",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("rolle", sa.Text(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=True),
        sa.Column("vergeben_von", sa.Integer(), nullable=False),
        sa.Column("vergeben_am", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(rolle IN ('bearbeitung', 'freigabe', 'ansicht') AND meldeeinheit IS NOT NULL) OR (rolle IN ('fachstelle', 'verwaltung') AND meldeeinheit IS NULL)",
            name=op.f("ck_rechte_rolle"),
        ),
        sa.CheckConstraint("benutzer_id > 2", name=op.f("ck_rechte_person")),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_rechte_benutzer_id")),
        sa.ForeignKeyConstraint(["vergeben_von"], ["benutzer.id"], name=op.f("fk_rechte_vergeben_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rechte")),
        sa.UniqueConstraint(
            "benutzer_id", "rolle", "meldeeinheit", name=op.f("uq_rechte_benutzer_id_rolle_meldeeinheit")
        ),
    )
    op.create_index(
        "uq_rechte_landesweit",
        "rechte",
        ["benutzer_id", "rolle"],
        unique=True,
        sqlite_where=sa.text("meldeeinheit IS NULL"),
        postgresql_where=sa.text("meldeeinheit IS NULL"),
    )
    op.create_table(
        "zugangsschluessel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("bezeichnung", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("verantwortlich", sa.Integer(), nullable=False),
        sa.Column("ausgestellt_von", sa.Integer(), nullable=False),
        sa.Column("ausgestellt_am", sa.Text(), nullable=False),
        sa.Column("gueltig_bis", sa.Text(), nullable=False),
        sa.Column("widerrufen_von", sa.Integer(), nullable=True),
        sa.Column("widerrufen_am", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(widerrufen_von IS NULL) = (widerrufen_am IS NULL)", name=op.f("ck_zugangsschluessel_widerruf")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_zugangsschluessel_sha256")),
        sa.CheckConstraint("verantwortlich > 2", name=op.f("ck_zugangsschluessel_verantwortlich")),
        sa.ForeignKeyConstraint(
            ["ausgestellt_von"], ["benutzer.id"], name=op.f("fk_zugangsschluessel_ausgestellt_von")
        ),
        sa.ForeignKeyConstraint(["verantwortlich"], ["benutzer.id"], name=op.f("fk_zugangsschluessel_verantwortlich")),
        sa.ForeignKeyConstraint(["widerrufen_von"], ["benutzer.id"], name=op.f("fk_zugangsschluessel_widerrufen_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zugangsschluessel")),
        sa.UniqueConstraint("sha256", name=op.f("uq_zugangsschluessel_sha256")),
    )
    op.create_table(
        "anmeldeversuche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("zeitpunkt", sa.Text(), nullable=False),
        sa.Column("erfolgreich", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_anmeldeversuche_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anmeldeversuche")),
    )
    op.create_index("ix_anmeldeversuche_sha256_zeitpunkt", "anmeldeversuche", ["sha256", "zeitpunkt"], unique=False)
    op.execute(
        "INSERT INTO benutzer (kennung, name, angelegt_am) VALUES"
        " ('programm', 'Programm', '1970-01-01T00:00:00+00:00'),"
        " ('unbekannt', 'nicht mehr bekannt', '1970-01-01T00:00:00+00:00')"
    )


def _fassungen() -> None:
    op.create_table(
        "lieferungen",
        sa.Column("datensatz", sa.Text(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meldeeinheit", "berichtsjahr", "datensatz", name=op.f("pk_lieferungen")),
    )
    op.create_table(
        "fassungen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("datensatz", sa.Text(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("zustand", sa.Text(), nullable=False),
        sa.Column("eingereicht_von", sa.Integer(), nullable=False),
        sa.Column("freigegeben_von", sa.Integer(), nullable=True),
        sa.Column("freigegeben_am", sa.Text(), nullable=True),
        sa.Column("zurueckgezogen_von", sa.Integer(), nullable=True),
        sa.Column("zurueckgezogen_am", sa.Text(), nullable=True),
        sa.Column("rueckzugsgrund", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(zustand = 'zurueckgezogen' AND zurueckgezogen_von IS NOT NULL AND zurueckgezogen_am IS NOT NULL AND rueckzugsgrund IS NOT NULL AND length(trim(rueckzugsgrund)) > 0) OR (zustand <> 'zurueckgezogen' AND zurueckgezogen_von IS NULL AND zurueckgezogen_am IS NULL AND rueckzugsgrund IS NULL)",
            name=op.f("ck_fassungen_rueckzug"),
        ),
        sa.CheckConstraint(
            "NOT zustand IN ('freigegeben', 'veroeffentlicht') OR freigegeben_von IS NOT NULL",
            name=op.f("ck_fassungen_freigabe"),
        ),
        sa.CheckConstraint(
            "zustand IN ('eingegangen', 'angenommen', 'angenommen_mit_hinweisen', 'zurueckgewiesen', 'nicht_ausgefuellt', 'freigegeben', 'veroeffentlicht', 'ersetzt', 'zurueckgezogen')",
            name=op.f("ck_fassungen_zustand"),
        ),
        sa.CheckConstraint(
            "freigegeben_von IS NULL OR (freigegeben_am IS NOT NULL AND freigegeben_von <> eingereicht_von AND freigegeben_von > 2 AND eingereicht_von <> 2)",
            name=op.f("ck_fassungen_vier_augen"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_fassungen_sha256")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_fassungen_version")),
        sa.ForeignKeyConstraint(["eingereicht_von"], ["benutzer.id"], name=op.f("fk_fassungen_eingereicht_von")),
        sa.ForeignKeyConstraint(["freigegeben_von"], ["benutzer.id"], name=op.f("fk_fassungen_freigegeben_von")),
        sa.ForeignKeyConstraint(
            ["meldeeinheit", "berichtsjahr", "datensatz"],
            ["lieferungen.meldeeinheit", "lieferungen.berichtsjahr", "lieferungen.datensatz"],
            name=op.f("fk_fassungen_meldeeinheit_berichtsjahr_datensatz"),
        ),
        sa.ForeignKeyConstraint(["zurueckgezogen_von"], ["benutzer.id"], name=op.f("fk_fassungen_zurueckgezogen_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fassungen")),
        sa.UniqueConstraint(
            "meldeeinheit",
            "berichtsjahr",
            "datensatz",
            "sha256",
            name=op.f("uq_fassungen_meldeeinheit_berichtsjahr_datensatz_sha256"),
        ),
        sa.UniqueConstraint(
            "meldeeinheit",
            "berichtsjahr",
            "datensatz",
            "version",
            name=op.f("uq_fassungen_meldeeinheit_berichtsjahr_datensatz_version"),
        ),
    )
    op.create_index(
        "uq_fassungen_oeffentlich",
        "fassungen",
        ["meldeeinheit", "berichtsjahr", "datensatz"],
        unique=True,
        sqlite_where=sa.text("zustand IN ('freigegeben', 'veroeffentlicht')"),
        postgresql_where=sa.text("zustand IN ('freigegeben', 'veroeffentlicht')"),
    )
    op.create_index(
        "uq_fassungen_uebernommen",
        "fassungen",
        ["meldeeinheit", "berichtsjahr", "datensatz"],
        unique=True,
        sqlite_where=sa.text("zustand IN ('angenommen', 'angenommen_mit_hinweisen')"),
        postgresql_where=sa.text("zustand IN ('angenommen', 'angenommen_mit_hinweisen')"),
    )
    op.create_table(
        "belege",
        sa.Column("fassung_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("groesse", sa.BigInteger(), nullable=False),
        sa.Column("dateiname", sa.Text(), nullable=False),
        sa.Column("endung", sa.Text(), nullable=False),
        sa.Column("eingegangen_am", sa.Text(), nullable=False),
        sa.Column("weg", sa.Text(), nullable=False),
        sa.Column("synthetisch", sa.Boolean(), nullable=False),
        sa.CheckConstraint("groesse >= 0", name=op.f("ck_belege_groesse")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_belege_fassung_id")),
        sa.PrimaryKeyConstraint("fassung_id", name=op.f("pk_belege")),
        sa.UniqueConstraint("nummer", name=op.f("uq_belege_nummer")),
    )


def _pruefungen() -> None:
    op.create_table(
        "pruefungen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=False),
        sa.Column("zustand", sa.Text(), nullable=False),
        sa.Column("regel_version", sa.Text(), nullable=False),
        sa.Column("zeilen", sa.Integer(), nullable=False),
        sa.Column("protokoll_sha256", sa.Text(), nullable=False),
        sa.Column("gebucht_am", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "zustand IN ('angenommen', 'angenommen_mit_hinweisen', 'zurueckgewiesen', 'nicht_ausgefuellt')",
            name=op.f("ck_pruefungen_zustand"),
        ),
        sa.CheckConstraint("length(protokoll_sha256) = 64", name=op.f("ck_pruefungen_protokoll_sha256")),
        sa.CheckConstraint("zeilen >= 0", name=op.f("ck_pruefungen_zeilen")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_pruefungen_fassung_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pruefungen")),
    )
    op.create_index(op.f("ix_pruefungen_fassung_id"), "pruefungen", ["fassung_id"], unique=False)
    op.create_table(
        "befundsummen",
        sa.Column("pruefung_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("schwere", sa.Text(), nullable=False),
        sa.Column("spalte", sa.Text(), nullable=False),
        sa.Column("anzahl", sa.Integer(), nullable=False),
        sa.CheckConstraint("schwere IN ('fehler', 'warnung', 'hinweis')", name=op.f("ck_befundsummen_schwere")),
        sa.CheckConstraint("anzahl > 0", name=op.f("ck_befundsummen_anzahl")),
        sa.ForeignKeyConstraint(["pruefung_id"], ["pruefungen.id"], name=op.f("fk_befundsummen_pruefung_id")),
        sa.PrimaryKeyConstraint("pruefung_id", "code", "spalte", name=op.f("pk_befundsummen")),
    )
    op.create_table(
        "kommentare",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("spalte", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verfasst_von", sa.Integer(), nullable=False),
        sa.Column("verfasst_am", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_kommentare_text")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_kommentare_fassung_id")),
        sa.ForeignKeyConstraint(["verfasst_von"], ["benutzer.id"], name=op.f("fk_kommentare_verfasst_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kommentare")),
    )
    op.create_index(op.f("ix_kommentare_fassung_id"), "kommentare", ["fassung_id"], unique=False)


def _veroeffentlichungen() -> None:
    op.create_table(
        "veroeffentlichungen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.Column("vorgeschlagen_von", sa.Integer(), nullable=False),
        sa.Column("vorgeschlagen_am", sa.Text(), nullable=False),
        sa.Column("freigegeben_von", sa.Integer(), nullable=True),
        sa.Column("freigegeben_am", sa.Text(), nullable=True),
        sa.Column("verworfen_am", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(freigegeben_von IS NULL AND freigegeben_am IS NULL) OR (freigegeben_am IS NOT NULL AND freigegeben_von <> vorgeschlagen_von AND freigegeben_von > 2 AND verworfen_am IS NULL)",
            name=op.f("ck_veroeffentlichungen_vier_augen"),
        ),
        sa.CheckConstraint("vorgeschlagen_von > 2", name=op.f("ck_veroeffentlichungen_person")),
        sa.ForeignKeyConstraint(
            ["freigegeben_von"], ["benutzer.id"], name=op.f("fk_veroeffentlichungen_freigegeben_von")
        ),
        sa.ForeignKeyConstraint(
            ["vorgeschlagen_von"], ["benutzer.id"], name=op.f("fk_veroeffentlichungen_vorgeschlagen_von")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_veroeffentlichungen")),
    )
    op.create_index(
        "uq_veroeffentlichungen_offen",
        "veroeffentlichungen",
        ["berichtsjahr"],
        unique=True,
        sqlite_where=sa.text("freigegeben_am IS NULL AND verworfen_am IS NULL"),
        postgresql_where=sa.text("freigegeben_am IS NULL AND verworfen_am IS NULL"),
    )
    op.create_table(
        "veroeffentlichte_fassungen",
        sa.Column("veroeffentlichung_id", sa.Integer(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fassung_id"], ["fassungen.id"], name=op.f("fk_veroeffentlichte_fassungen_fassung_id")
        ),
        sa.ForeignKeyConstraint(
            ["veroeffentlichung_id"],
            ["veroeffentlichungen.id"],
            name=op.f("fk_veroeffentlichte_fassungen_veroeffentlichung_id"),
        ),
        sa.PrimaryKeyConstraint("veroeffentlichung_id", "fassung_id", name=op.f("pk_veroeffentlichte_fassungen")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("anlass", sa.Text(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=True),
        sa.Column("betrifft", sa.Text(), nullable=False),
        sa.Column("erstellt_am", sa.Text(), nullable=False),
        sa.Column("versandt_am", sa.Text(), nullable=True),
        sa.Column("fehler", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "anlass IN ('eingegangen', 'angenommen', 'zurueckgewiesen', 'ersetzt', 'erinnerung')",
            name=op.f("ck_mails_anlass"),
        ),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_mails_benutzer_id")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_mails_fassung_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("benutzer_id", "anlass", "betrifft", name=op.f("uq_mails_benutzer_id_anlass_betrifft")),
    )


def _ereignisse() -> None:
    op.create_table(
        "ereignisse",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zeitpunkt", sa.Text(), nullable=False),
        sa.Column("art", sa.Text(), nullable=False),
        sa.Column("akteur", sa.Integer(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=True),
        sa.Column("daten", sa.Text(), nullable=False),
        sa.Column("vorher", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "art IN ('zustand', 'einreicher', 'geprueft', 'kommentiert', 'vorgeschlagen', 'verworfen', 'veroeffentlicht', 'person_angelegt', 'recht_vergeben', 'recht_entzogen')",
            name=op.f("ck_ereignisse_art"),
        ),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_ereignisse_hash")),
        sa.CheckConstraint("length(vorher) = 64", name=op.f("ck_ereignisse_vorher")),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_ereignisse_nummer")),
        sa.ForeignKeyConstraint(["akteur"], ["benutzer.id"], name=op.f("fk_ereignisse_akteur")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_ereignisse_fassung_id")),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_ereignisse")),
        sa.UniqueConstraint("hash", name=op.f("uq_ereignisse_hash")),
        sa.UniqueConstraint("vorher", name=op.f("uq_ereignisse_vorher")),
    )
    op.create_index(op.f("ix_ereignisse_fassung_id"), "ereignisse", ["fassung_id"], unique=False)


def _ausloeser_sqlite() -> None:
    for tabelle in _NUR_ANHAENGEN:
        for wann in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {tabelle}_kein_{wann.lower()} BEFORE {wann} ON {tabelle}"
                f" BEGIN SELECT RAISE(ABORT, '{tabelle} wird nur fortgeschrieben.'); END"
            )
    # Also keeps INSERT OR REPLACE from taking the place of an event, which would fire no trigger for its deletion.
    op.execute(
        "CREATE TRIGGER ereignisse_kette BEFORE INSERT ON ereignisse"
        " WHEN NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM ereignisse)"
        " OR NEW.vorher <> coalesce((SELECT hash FROM ereignisse ORDER BY nummer DESC LIMIT 1), printf('%064d', 0))"
        " OR EXISTS (SELECT 1 FROM ereignisse WHERE hash = NEW.hash)"
        f" BEGIN SELECT RAISE(ABORT, '{_KEIN_NEUES_GLIED}'); END"
    )
    op.execute(
        "CREATE TRIGGER fassungen_kein_delete BEFORE DELETE ON fassungen"
        " BEGIN SELECT RAISE(ABORT, 'fassungen wird nur fortgeschrieben.'); END"
    )
    op.execute(
        "CREATE TRIGGER fassungen_fest BEFORE UPDATE ON fassungen"
        " WHEN NEW.id <> OLD.id OR NEW.datensatz <> OLD.datensatz OR NEW.meldeeinheit <> OLD.meldeeinheit"
        " OR NEW.berichtsjahr <> OLD.berichtsjahr OR NEW.version <> OLD.version OR NEW.sha256 <> OLD.sha256"
        " OR (NEW.eingereicht_von <> OLD.eingereicht_von AND OLD.eingereicht_von <> 2)"
        f" BEGIN SELECT RAISE(ABORT, '{_FEST}'); END"
    )


def _ausloeser_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION lieferbuch_nur_anhaengen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' wird nur fortgeschrieben.'; END $$"
    )
    for tabelle, wann in (
        *((t, "UPDATE OR DELETE OR TRUNCATE") for t in _NUR_ANHAENGEN),
        ("fassungen", "DELETE OR TRUNCATE"),
    ):
        op.execute(
            f"CREATE TRIGGER {tabelle}_nur_anhaengen BEFORE {wann} ON {tabelle}"
            " FOR EACH STATEMENT EXECUTE FUNCTION lieferbuch_nur_anhaengen()"
        )
    op.execute(
        "CREATE FUNCTION lieferbuch_kette() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM ereignisse)"
        " OR NEW.vorher <> coalesce((SELECT hash FROM ereignisse ORDER BY nummer DESC LIMIT 1), repeat('0', 64))"
        f" THEN RAISE EXCEPTION USING MESSAGE = '{_KEIN_NEUES_GLIED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER ereignisse_kette BEFORE INSERT ON ereignisse FOR EACH ROW EXECUTE FUNCTION lieferbuch_kette()"
    )
    op.execute(
        "CREATE FUNCTION lieferbuch_fest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION USING MESSAGE = '{_FEST}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER fassungen_fest BEFORE UPDATE ON fassungen FOR EACH ROW WHEN"
        " (NEW.id <> OLD.id OR NEW.datensatz <> OLD.datensatz OR NEW.meldeeinheit <> OLD.meldeeinheit"
        " OR NEW.berichtsjahr <> OLD.berichtsjahr OR NEW.version <> OLD.version OR NEW.sha256 <> OLD.sha256"
        " OR (NEW.eingereicht_von <> OLD.eingereicht_von AND OLD.eingereicht_von <> 2))"
        " EXECUTE FUNCTION lieferbuch_fest()"
    )
