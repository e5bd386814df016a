"""Where the project's own files lie. Everything created at run time lies in the Ablage instead (`assets/ablage.py`)."""

from pathlib import Path

PROJEKT = Path(__file__).resolve().parents[1]
REFERENZ = PROJEKT / "data" / "referenz"
VERTEILUNGSMASSEN = PROJEKT / "data" / "verteilungsmassen"
BEISPIELE = PROJEKT / "data" / "beispiele" / "synthetisch"
VORLAGEN = PROJEKT / "report_templates"
