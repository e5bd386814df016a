"""Queries an analyst can start from, on the database the stage `auswertung` writes.

What belongs here: question and SQL, shown in README and handbook and run by a test. What does not: the tables
(`assets/auswertung/analysedatei.py`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abfrage:
    """A question and the statement that answers it."""

    frage: str
    sql: str


ABFRAGEN: tuple[Abfrage, ...] = (
    Abfrage(
        "Wie stehen die Kreise im jüngsten Jahr, und mit wem sind sie vergleichbar?",
        """\
SELECT m.name, w.berichtsjahr, round(w.wert, 1) AS wert, w.einheit, w.vgl_kreise, w.gruende
FROM indikatorwerte w JOIN meldeeinheiten m ON m.meldeeinheit = w.ags
WHERE w.indikator_id = 'FSA-03' AND w.variante = 'ZIELGRUPPE'
    AND w.berichtsjahr = (SELECT max(berichtsjahr) FROM indikatorwerte WHERE indikator_id = 'FSA-03')
ORDER BY m.reihenfolge;""",
    ),
    Abfrage(
        "Welche Werte dürfen über die Jahre verglichen werden?",
        """\
SELECT indikator_id, variante, berichtsjahr, wert, abdeckung_kreise, erwartet_kreise
FROM indikatorwerte
WHERE gebiet_typ = 'land' AND vgl_vorjahr = 'vergleichbar' AND wert IS NOT NULL
ORDER BY indikator_id, variante, berichtsjahr;""",
    ),
    Abfrage(
        "Woran scheitert die Vergleichbarkeit am häufigsten?",
        """\
SELECT g.grund, g.bezeichnung, count(*) AS werte, count(DISTINCT v.meldeeinheit) AS kreise
FROM vergleichbarkeit v, unnest(string_split(v.gruende, ';')) AS u(grund) JOIN gruende g USING (grund)
WHERE v.vgl_kreise <> 'vergleichbar'
GROUP BY ALL ORDER BY werte DESC;""",
    ),
    Abfrage(
        "Wie viele Stellen und Vollzeitäquivalente gibt es nach Trägerschaft?",
        """\
SELECT s.berichtsjahr, s.art, s.traegerschaft, count(DISTINCT (s.meldeeinheit, s.stelle_id)) AS stellen,
    round(sum(p.vzae), 2) AS vzae
FROM stellen s LEFT JOIN (
    SELECT berichtsjahr, meldeeinheit, stelle_id, aufgabe AS art, sum(vzae_besetzt) AS vzae FROM personal GROUP BY ALL
) p USING (berichtsjahr, meldeeinheit, stelle_id, art)
GROUP BY ALL ORDER BY ALL;""",
    ),
    Abfrage(
        "Wie passt die gelieferte Ausländerzahl zur amtlichen Einwohnerzahl?",
        """\
SELECT b.meldeeinheit, b.stichtag, b.personen, a.wert AS einwohner, round(100 * b.personen / a.wert, 1) AS prozent
FROM bevoelkerung b JOIN amtlich a ON a.ags = b.meldeeinheit AND a.zeit = CAST(b.stichtag AS VARCHAR)
WHERE b.konzept = 'AUSL_AZR' AND b.gruppe = 'MIT' AND b.geschlecht = 'T' AND b.altersgruppe = 'T'
    AND b.gemeinde_ags = 'T' AND a.kennzahl = 'BEVSTD' AND a.merkmale = '{"GES":"T"}'
QUALIFY a.stand = max(a.stand) OVER (PARTITION BY b.meldeeinheit, b.stichtag)
ORDER BY ALL;""",
    ),
    Abfrage(
        "Wo weichen berechnete Kennzahlen von amtlich veröffentlichten ab, und warum?",
        """\
SELECT indikator_id, variante, groesse, ags, berichtsjahr, berechnet, veroeffentlicht, toleranz, urteil, erklaerung
FROM amtliche_probe
WHERE urteil IN ('weicht_ab', 'erklaert')
ORDER BY urteil DESC, abs(differenz) DESC;""",
    ),
)
