"""Work that ends badly, for processes of the Werkbank; reads nothing else, so that they start quickly."""

import re


def ohne_ende() -> None:
    """A loop of a library, which no exception of Python reaches."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def panik() -> None:
    """What libraries written in Rust raise, which is no `Exception`."""
    from polars.exceptions import PanicException

    raise PanicException("nichts geht mehr")
