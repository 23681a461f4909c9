"""Batches: the months of many companies audited side by side, and an overview of them."""
