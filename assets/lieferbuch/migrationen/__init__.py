"""The steps by which a database becomes the Lieferbuch, run by `assets.lieferbuch.migration`."""
