"""The way in and the wiring: Dagster definitions, automation, the command line and the example deliveries."""
