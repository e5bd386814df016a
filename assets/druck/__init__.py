"""Stage after the reports: prints pages of a published edition as tagged PDF, off the main path."""
