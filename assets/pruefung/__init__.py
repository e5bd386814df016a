"""Stage 2: convert and check deliveries against the contract; only accepted ones are written."""
