"""Statistics of indicators: limits, comparisons, funnels, classes, standardisation, trends.

Pure functions on whole columns. Missing input (NaN, null) gives missing output; input no statistic is defined for
raises `Statistikfehler`. Which method is used where, and the texts about it, are data in `schemas/statistik.py`.
"""
