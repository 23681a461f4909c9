"""documents/readers."""
