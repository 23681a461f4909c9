"""The errors that can be planted: each a named function that alters the records of a clean month."""

from __future__ import annotations

from month.plants import billing, cash, costs, freight, money, prior  # noqa: F401  (they register their plants)
from month.plants.registry import Change, Plant, Stage, choose, plants

__all__ = ["Change", "Plant", "Stage", "choose", "plants"]
