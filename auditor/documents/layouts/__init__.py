"""documents/layouts."""
