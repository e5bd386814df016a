"""Stage 4: from checked deliveries and official series to indicators, in DuckDB."""
