"""What is proved is shown field by field: of the field that an exception rests on, and of no record as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixture import finding, record, result

from auditor.findings.model import RecordRef
from auditor.reports.evidence import evidence_of, field_proofs
from auditor.reports.findings_json import as_data
from auditor.reports.html import report_html
from auditor.reports.model import FieldProof


def paper(**given: tuple[str, ...]) -> RecordRef:
    values = {"slip_no": "S-1", "pieces": "12", "charge_weight": "3.00", "amount": "40.00"}
    plain = record(7, "receiving_slip", "left", "S-1", "a.xlsx", **values)
    return replace(plain, **{"proved": (), "broken": (), "figures": ("amount",), **given})  # type: ignore[arg-type]


def shown(proofs: tuple[FieldProof, ...]) -> list[tuple[str, str]]:
    return [(each.title.en, each.state) for each in proofs]


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("pieces", {"proved": ("amount",)}, [("Pieces", "unproved")]),
        ("pieces", {"proved": ("pieces",)}, [("Pieces", "proved")]),
        ("pieces", {"broken": ("pieces", "amount")}, [("Pieces", "broken")]),
        (None, {"proved": ("amount",)}, [("Amount", "proved")]),
        (None, {"proved": ("pieces",)}, [("Amount", "unproved")]),
        ("fuel", {"proved": ("amount",)}, [("Amount", "proved")]),  # a field that this record does not have
    ],
)
def test_an_exception_says_what_is_proved_of_the_field_that_it_rests_on(
    field: str | None, given: dict[str, tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    mine = paper(**given)
    about = finding("REG-01", "S-1", field=field, records=(mine,))
    assert shown(field_proofs(mine, about)) == expected
    assert shown(evidence_of(about, {}).columns[0].proofs) == expected
    many = replace(about, records=(mine,) * 5)
    assert shown(evidence_of(many, {}).listing[0].proofs) == expected


def test_findings_json_lists_the_fields() -> None:
    about = finding("REG-01", "S-1", records=(paper(proved=("amount",), broken=("pieces",)),))
    data = as_data(replace(result(), findings=(about,)))
    shown_record = data["findings"][0]["records"][0]
    assert (shown_record["proved"], shown_record["broken"]) == (["amount"], ["pieces"])


def test_a_document_with_a_broken_proof_stands_on_the_first_page() -> None:
    known = result()
    detail = {"en": "one figure is off by 3.00", "zh": "一处相差 3.00"}
    proof = {"name": "running balance", "status": "broken", "where": "x.csv", "detail": detail}
    read = replace(known.documents[0], path="网银/x.csv", status="read", proofs=(proof,), problems=())
    text = report_html(replace(known, documents=(read,)), "zh")
    first_page, _, listed = text.partition('id="documents"')
    for words in (
        "Documents with a proof that does not hold",
        "验证不符的资料",
        detail["en"],
        detail["zh"],
        "网银/x.csv",
    ):
        assert words in first_page
    assert 'href="#broken"' in first_page and "state-broken" in listed
    assert 'state-read"' not in listed  # not green
    sound = report_html(replace(known, documents=(replace(read, proofs=()),)), "zh")
    assert 'id="broken"' not in sound and 'state-read"' in sound
