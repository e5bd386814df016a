"""The one Jinja environment: autoescape on, undefined names fail, templates are compiled once per process."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.pfade import VORLAGEN


@cache
def umgebung() -> Environment:
    """Environment over `report_templates/`. Stages add their filters once; everything from deliveries is escaped."""
    return Environment(
        loader=FileSystemLoader(VORLAGEN),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
