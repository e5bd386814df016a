"""Stage 1: receive deliveries, keep their bytes, and read them into tables with line numbers."""
