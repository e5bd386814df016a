"""The attack on published releases: what can a stranger work out about the cells that were withheld?

Reads the files of releases and nothing else, and shares no code with what made them: this room imports the standard
library, Polars, NumPy, SciPy and HiGHS only (a test sees to it). Way of a run:

`lesen` (files) → `zellen` (one variable per cell, linked across tables and releases) → `belang` (splits that matter) →
`gleichungen` (sums of the hierarchies) and `ableitung` (intervals from rates and changes) → `einengen` (whole-number
propagation) → `grenzen` (smallest and largest value by linear programs) → `urteil` (verdict) and `gruppen` → `bericht`
(JSON and German text). `laufen` strings them together.

**The property** a withheld count must have, lo and hi being its smallest and largest value over all whole tables that
agree with everything published: hi ≥ k and hi − lo ≥ k − 1, or lo ≥ k. The attacker model (a withheld cell is at
least 1 where zeros are shown) follows sdcTools/UserSupport #194. A withheld sum (full-time equivalents, money) must
keep hi − lo ≥ p % of hi.

**What the manifest may say** beyond names and files: per table `k`, `p_prozent` (of sums, default 10) and `runden`
(the base to which each cell is rounded for itself); for the release `gruppe` (smallest group that may be of one
category). Each entry of `ableitungen` is a `quotient`, a `veraenderung` (faktor · (zaehler − nenner) / nenner) or a
`differenz`; its `zaehler` and `nenner` are a measure or an object of codes that replace those of the row, such as
`{"mass": …, "geschlecht": "T"}`; the two kinds of change compare with `jahre` years before (default 1). Withheld sums
are taken to be at least 0.

**The report**, `"format": "teilhabe-angriff/1"`:

| key | content |
|---|---|
| `urteil` | `sicher`, `unsicher` or `widerspruch` (published totals do not add up) |
| `ausgaben` | the releases read: `release`, `ordner`, number of `tabellen` |
| `zaehlung` | withheld cells (`gesperrt`), how many of each verdict, unsafe cells nobody withheld (`nebenbei`) |
| `tabellen` | per release and table: `zellen` (rows), `gesperrt` and the verdicts |
| `zellen` | withheld cells: `zelle` (codes, totals left out), `tabellen`, `lo`, `hi`, `grenzen`, `urteil`, `grund` |
| `nebenbei` | the same for unsafe cells that were rounded or in no table (overlapping bands); all with `--genau` |
| `gezeigt_klein` | the same for small counts that a protected table shows as they are |
| `gruppen` | groups with one category at 100 %: `zelle`, `dim`, `code`, `lo`, `hi` of the group |
| `widersprueche` | sentences, each naming the equation or the cell |
| `ungeprueft` | published quotients whose numerator and denominator the manifest does not name |
| `sichten` | the same attack with the knowledge of one Gebiet: `als`, `zaehlung`, `unsicher` (cells), `widersprueche` |

`urteil` of a cell: `sicher`, `nicht_klein` (lo ≥ k), `unsicher`; `grund` of the last: `exakt` (lo = hi), `klein`
(hi < k), `schmal` (too narrow), `unbewiesen` (no proof in the time a program may take). `grenzen` says whether lo and
hi are the very ends (`genau`) or values that do occur (`mindestens`: the interval is at least that wide, which proves
it safe) or, for `nicht_klein`, bounds from outside. `hi` is null where nothing published bounds the cell.
"""
