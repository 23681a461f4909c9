"""What the folder knows of names: who may fill which field."""

from __future__ import annotations

import pytest

from auditor.documents.identity.names import full_key
from auditor.documents.recognition.keys import FolderKeys


def keys(**sides: str) -> FolderKeys:
    return FolderKeys(names={full_key(name): frozenset((side,)) for name, side in sides.items()})


@pytest.mark.parametrize(
    ("name", "side"), [("临海纺织有限公司", "customer"), ("Harbour Line Ltd", "provider"), ("天台纸箱厂", "supplier")]
)
def test_a_field_for_any_partner_takes_those_of_every_side(name: str, side: str) -> None:
    known = FolderKeys(names={full_key(name): frozenset((side,))})
    assert known.may_fill(name, "party") and known.may_fill(name, side)
    assert len(known.names_in(f"归档: {name}", "party")) == 1
    others = {"customer", "provider", "supplier"} - {side}
    assert not any(known.may_fill(name, other) for other in others)


@pytest.mark.parametrize("side", ["own", "station", "employee"])
def test_who_is_no_partner_fills_none(side: str) -> None:
    assert not keys(西区门店=side).may_fill("西区门店", "party")
