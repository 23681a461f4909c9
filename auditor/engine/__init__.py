"""What stores records and runs SQL."""

from auditor.engine.duck import MONEY, DuckEngine, exact

Engine = DuckEngine

__all__ = ["MONEY", "DuckEngine", "Engine", "exact"]
