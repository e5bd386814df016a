"""Mail: tells people that there is something in the portal. Off unless the environment names a server.

A mail holds names of deliveries, their state, what to do next and a link; never figures, findings or names of files.
What there is to tell and what was told is the Lieferbuch's business (`assets/lieferbuch/neuigkeiten.py`,
`postausgang.py`); this package words and sends it. Nothing in portal or pipeline waits for it.
"""
