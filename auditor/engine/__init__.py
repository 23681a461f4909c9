"""What stores records and runs SQL."""

from auditor.engine.duck import MONEY, DuckEngine, exact
from auditor.engine.errors import EngineError

Engine = DuckEngine

__all__ = ["MONEY", "DuckEngine", "Engine", "EngineError", "exact"]
