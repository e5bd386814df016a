"""Official statistics: exports of the statistical offices read into one tidy form, and the figures kept in the project.

What belongs here: readers for the layouts of GENESIS and Regionaldatenbank exports, the accounting that nothing is lost
or invented, and the committed extract. What does not: indicators computed from the figures (`assets/auswertung`).
"""
