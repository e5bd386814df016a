"""The stages, in the order of the flow: eingang, pruefung, referenz, auswertung, berichte.

Each folder holds pure functions named for what they do and one `assets.py` that wires them into Dagster. A stage may
import earlier stages, never later ones, and never `pipeline`.
"""
