"""Migrations lead to exactly the tables the program works with, and are part of the package."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assets.ablage import Ablage
from assets.lieferbuch import migration
from assets.lieferbuch.fehler import VerbindungError
from assets.lieferbuch.kette import haenge_an, pruefe_kette
from assets.lieferbuch.migration import migriere, verlange_stand
from assets.lieferbuch.tabellen import SYSTEM, benutzer, ereignisse, metadata
from assets.lieferbuch.verbindung import adresse as gewaehlte
from assets.lieferbuch.verbindung import lies, oeffne, schreibe
from tests.lieferbuch.conftest import NeueAdresse

PROJEKT = Path(__file__).resolve().parents[2]


def test_nach_allen_schritten_sind_die_tabellen_die_des_programms(buch: sa.Engine) -> None:
    with lies(buch) as v:
        assert compare_metadata(MigrationContext.configure(v), metadata) == []


def test_auch_die_bedingungen_sind_die_des_programms(buch: sa.Engine, tmp_path: Path) -> None:
    """Alembic compares no CHECKs, so a database made from the metadata is asked for its own."""
    if buch.dialect.name == "postgresql":
        with schreibe(buch) as v:
            v.exec_driver_sql("CREATE SCHEMA soll")
            metadata.create_all(v.execution_options(schema_translate_map={None: "soll"}))
        soll, schema = buch, "soll"
    else:
        soll, schema = sa.create_engine(f"sqlite:///{tmp_path / 'soll.sqlite'}"), None
        metadata.create_all(soll)
    for tabelle in metadata.tables:
        ist = {c["name"]: c["sqltext"] for c in sa.inspect(buch).get_check_constraints(tabelle)}
        erwartet = {c["name"]: c["sqltext"] for c in sa.inspect(soll).get_check_constraints(tabelle, schema=schema)}
        assert ist == erwartet, tabelle
    soll.dispose()


def test_ein_zweites_mal_aendert_nichts_und_zurueck_geht_es_nicht(buch: sa.Engine) -> None:
    migriere(buch)
    verlange_stand(buch)
    schritte = list(ScriptDirectory.from_config(migration._einstellung()).walk_revisions())
    assert schritte
    assert not [s for s in schritte if hasattr(s.module, "downgrade")]


def test_von_leer_zum_lieferbuch(neue_adresse: NeueAdresse, tmp_path: Path) -> None:
    engine = oeffne(_leere(neue_adresse(), tmp_path))
    with pytest.raises(VerbindungError, match="aufbauen"):
        verlange_stand(engine)
    migriere(engine)
    verlange_stand(engine)
    engine.dispose()


def test_was_vor_einem_umbau_gebucht_war_bleibt_geschuetzt(neue_adresse: NeueAdresse, tmp_path: Path) -> None:
    """SQLite makes the table of events again to let it hold new kinds."""
    engine = oeffne(_leere(neue_adresse(), tmp_path))
    einstellung = migration._einstellung()
    with schreibe(engine) as v:
        einstellung.attributes["connection"] = v
        command.upgrade(einstellung, "0002")
        v.execute(sa.insert(benutzer).values(id=3, kennung="anna", name="Anna", angelegt_am="2026-01-01"))
        haenge_an(v, "person_angelegt", SYSTEM, {"person": 3})
        haenge_an(v, "recht_vergeben", SYSTEM, {"person": 3, "rolle": "fachstelle", "meldeeinheit": None})
        vorher = pruefe_kette(v)
    migriere(engine)
    with schreibe(engine) as v:
        assert pruefe_kette(v) == vorher
        haenge_an(v, "person_gesperrt", SYSTEM, {"person": 3})
        assert pruefe_kette(v).laenge == 3
    for befehl in (sa.delete(ereignisse), sa.update(ereignisse).values(akteur=2)):
        with pytest.raises(sa.exc.DatabaseError, match="nur fortgeschrieben"), schreibe(engine) as v:
            v.execute(befehl)
    with pytest.raises(sa.exc.DatabaseError, match="art"), schreibe(engine) as v:
        haenge_an(v, "erfunden", SYSTEM, {})
    engine.dispose()


def _leere(url: sa.URL, tmp_path: Path) -> sa.URL:
    """A database without any table."""
    if url.get_backend_name() != "postgresql":
        return url.set(database=str(tmp_path / "neu" / "neu.sqlite"))
    leerer = sa.create_engine(url, poolclass=sa.NullPool)
    with leerer.begin() as v:
        v.exec_driver_sql("DROP SCHEMA public CASCADE")
        v.exec_driver_sql("CREATE SCHEMA public")
    return url


def test_ein_buch_aus_der_zukunft_wird_nicht_angefasst(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        v.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(VerbindungError, match="neueren"):
        verlange_stand(buch)


def test_die_schritte_sind_teil_des_pakets() -> None:
    """What is installed are packages and their modules; a file of another kind would be left out."""
    ordner = PROJEKT / "assets" / "lieferbuch" / "migrationen"
    dateien = [p for p in ordner.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    assert not [p for p in dateien if p.suffix != ".py"]
    assert not [p for p in dateien if not (p.parent / "__init__.py").exists()]
    assert len(dateien) > 3


def test_wo_das_lieferbuch_ist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEILHABE_LIEFERBUCH", raising=False)
    assert gewaehlte(Ablage(tmp_path)).database == str(tmp_path / "lieferbuch" / "lieferbuch.sqlite")
    with pytest.raises(VerbindungError, match="TEILHABE_LIEFERBUCH"):
        gewaehlte(Ablage("memory://ablage"))
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", "postgresql://amt:geheim@rechner/buch")
    assert gewaehlte(Ablage(tmp_path)).drivername == "postgresql+psycopg"
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", "irgendwas")
    with pytest.raises(VerbindungError, match="Datenbankadresse"):
        gewaehlte(Ablage(tmp_path))
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", "mysql://rechner/buch")
    with pytest.raises(VerbindungError, match="PostgreSQL"):
        oeffne(gewaehlte(Ablage(tmp_path)))


def test_wer_nicht_erreichbar_ist_steht_ohne_passwort_im_fehler() -> None:
    engine = oeffne(sa.make_url("postgresql+psycopg://amt:geheim@/buch?host=/nirgends"))
    with pytest.raises(VerbindungError, match="nicht erreichbar") as fehler, lies(engine):
        pass
    assert "geheim" not in str(fehler.value)
