"""From month to month: what the audit of the period before left, and what has become of it."""
