"""The Lieferbuch: the ledger of deliveries, versions, checks, decisions and people, in a relational database.

It follows what receipts and protocols in the Ablage say and adds what only people can decide. No stage of the pipeline
imports it: files are taken in and checked without it.
"""
