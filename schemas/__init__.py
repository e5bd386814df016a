"""The contract: columns, code lists, rules, datasets, indicators, the law's checklist and Land profiles.

Nothing here imports Dagster or touches deliveries; everything else is generated from these definitions.
"""
