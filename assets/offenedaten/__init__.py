"""Open data of an edition: its values as files, what describes them, and checksums.

What belongs here: making (path, bytes) from what the pages are made from. What does not: which figures an edition may
show (`assets/geheimhaltung/`) and the pages (`assets/berichte/`).
"""
