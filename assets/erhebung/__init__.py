"""What offices work with before they deliver: templates, merging the files of Träger, and the Erhebungshandbuch.

Everything here is made from the contract (`schemas/`); a new dataset, column, code or rule appears by itself.
"""
