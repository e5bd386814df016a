"""Which cells of a release are withheld, so that nobody can narrow any of them down from all that was ever shown.

Pure functions. All tables of a release are one system of equations (`gleichungen.py`); the way in is `sperren.sperre`.
Method: Gaussian elimination over the whole system (Langsrud 2024), then intervals of every withheld cell by linear
programs, then the cheapest second table for each cell that is too narrow (Fischetti and Salazar 2001 for the model).
"""
