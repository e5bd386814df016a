"""Reports: the checked figures as static pages, one per Meldeeinheit, one for the Land, and what they rest on.

`daten` (what comes in) → `reihen` (series per indicator) → `diagramme` and `svg` (charts) → the page modules →
`seiten` (all files) → `ablegen` (publishing). Pages read nothing but a `Berichtsdaten`.
"""
