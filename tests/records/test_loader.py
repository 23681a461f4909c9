"""Record types are loaded strictly and completely."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.records.describe import describe
from auditor.records.errors import HeaderTwice, NameDiffers, NoRecordTypes, RecordTypeErrors
from auditor.records.loader import HeaderUse, header_index, record_types
from auditor.records.model import FieldType
from auditor.strict_yaml import MissingKey, UnknownKey, UnknownWord, UnquotedNumber, WrongValue

GOOD = """record: slip
title: {en: Slip, zh: 清单}
identity: [slip_no]
fields:
  slip_no: {type: number_text, required: true, header: [清单号, Slip No]}
  customer: {type: text, master: slip, header: [客户]}
  amount: {type: money}
"""


def _folder(tmp_path: Path, text: str, name: str = "slip") -> Path:
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_all_record_types_of_the_project_load() -> None:
    types = record_types()
    assert list(types) == sorted(types)
    slip = types["receiving_slip"]
    assert slip.identity == ("slip_no",)
    assert slip.fields["slip_no"].book == "receiving_slip"
    assert slip.fields["status"].choices["void"] [0] == "作废"
    assert slip.fields["charge_weight"].unit == "kg"
    assert slip.columns()["customer__id"] == "VARCHAR"
    assert slip.columns()["amount"] == "DECIMAL(18,5)"
    assert types["party_alias"].master is not None
    assert types["party_alias"].master.of == "party"
    flow = types["bank_ledger_entry"].flow
    assert flow is not None
    assert flow.red_signed
    assert types["iou"].fields["count_date"].inherit_from == "date"


IN_MATRIX = GOOD.replace("identity", "matrix: {axes: AXES, cell: CELL}\nidentity").replace("master: slip, ", "")
IN_MATRIX += "  date: {type: date}\n"


@pytest.mark.parametrize("axes", ["[customer, date]", "[date, customer]"])
def test_a_matrix_of_names_and_dates(axes: str, tmp_path: Path) -> None:
    slip = record_types(_folder(tmp_path, IN_MATRIX.replace("AXES", axes).replace("CELL", "amount")))["slip"]
    assert slip.matrix is not None
    assert (slip.matrix.names, slip.matrix.date, slip.matrix.cell) == ("customer", "date", "amount")
    assert "`customer` × `date` → `amount`" in describe(slip, "en")


@pytest.mark.parametrize(
    ("axes", "cell", "kind", "words"),
    [
        ("[customer, customers]", "amount", UnknownWord, "customer"),
        ("[customer, amount]", "amount", WrongValue, "`date`"),
        ("[date, date]", "amount", WrongValue, "`text`"),
        ("[customer]", "amount", WrongValue, "`date`"),
        ("[customer, date]", "customer", UnknownWord, "amount"),
    ],
)
def test_what_is_wrong_with_a_matrix(
    axes: str, cell: str, kind: type[AuditorError], words: str, tmp_path: Path
) -> None:
    with pytest.raises(RecordTypeErrors) as error:
        record_types(_folder(tmp_path, IN_MATRIX.replace("AXES", axes).replace("CELL", cell)))
    (mistake,) = error.value.errors
    assert isinstance(mistake, kind) and mistake.place is not None
    assert mistake.place.line == 3 and words in mistake.message("en")


RELATED = GOOD.replace("fields:\n", """relations:
  - RELATION
fields:
  price: {type: money}
  rate: {type: percent}
  note: {type: text}
""").replace("master: slip, ", "")  # fmt: skip


def test_relations_between_figures(tmp_path: Path) -> None:
    relation_text = "{product: [price, rate], is: amount, optional: [rate], unless: {note: free}}"
    text = RELATED.replace("RELATION", relation_text)
    (relation,) = record_types(_folder(tmp_path, text))["slip"].relations
    assert (relation.kind, relation.parts, relation.result) == ("product", ("price", "rate"), "amount")
    assert relation.optional == {"rate"} and relation.unless == {"note": "free"}
    assert relation.proof == "quantity × price"
    assert record_types()["bill_credit"].relations[0].proof == "foreign amount × rate"
    assert "`freight` + `fuel` + `other` = `amount`" in describe(record_types()["bill_line"], "en")


@pytest.mark.parametrize(
    ("relation", "error"),
    [
        ("{product: [price, rate]}", MissingKey),
        ("{product: [price], is: amount}", WrongValue),
        ("{product: [price, rate, amount], is: amount}", WrongValue),
        ("{is: amount}", WrongValue),
        ("{sum: [price, rate], difference: [price, rate], is: amount}", WrongValue),
        ("{sum: [price, note], is: amount}", UnknownWord),
        ("{sum: [price, prise], is: amount}", UnknownWord),
        ("{sum: [price], is: total}", UnknownWord),
        ("{sum: [price], is: amount, optional: [rate]}", UnknownWord),
        ("{sum: [price], is: amount, proof: sums}", UnknownWord),
        ("{sum: [price], is: amount, unless: {nothing: x}}", UnknownWord),
        ("{sum: [price], equals: amount}", UnknownKey),
    ],
)
def test_a_relation_that_is_not_understood_is_an_error_at_its_place(
    tmp_path: Path, relation: str, error: type[AuditorError]
) -> None:
    with pytest.raises(RecordTypeErrors) as raised:
        record_types(_folder(tmp_path, RELATED.replace("RELATION", relation)))
    (found,) = [each for each in raised.value.errors if isinstance(each, error)]
    assert found.place is not None and found.place.line == 5


def test_every_field_has_a_title_in_both_languages() -> None:
    for record in record_types().values():
        for field in record.fields.values():
            assert re.search("[\u4e00-\u9fff]", field.title.zh), (record.name, field.name)
            assert re.search("[A-Za-z]{2}", field.title.en), (record.name, field.name)


def test_titles_come_from_the_headers() -> None:
    fields = record_types()["receiving_slip"].fields
    assert (fields["charge_weight"].title.zh, fields["charge_weight"].title.en) == ("计费重", "Chargeable weight")
    assert (fields["remark"].title.zh, fields["remark"].title.en) == ("备注", "Remark")
    assert record_types()["employee"].fields["station_name"].title.zh == "站点名称"


def test_headers_are_found_in_every_width() -> None:
    index = header_index(record_types())
    use = HeaderUse("bank_transaction", "amount", "in")
    assert use in index["贷方发生额(收入)"]
    assert HeaderUse("invoice", "tax_rate") in index["税率/征收率"]
    assert HeaderUse("bank_transaction", "direction", "flag") in index["dr/cr"]
    assert HeaderUse("receipt", "receipt_no") in index["no."]


def test_the_description_names_fields_and_headers() -> None:
    text = describe(record_types()["bank_transaction"], "zh")
    assert "## 网银流水 `bank_transaction`" in text
    assert "| `balance` | 余额 | money |" in text
    assert "Counterparty" in describe(record_types()["bank_transaction"], "en")


@pytest.mark.parametrize(
    ("change", "to", "kind", "place", "nearest"),
    [
        ("type: money", "type: mony", UnknownWord, "7:18", "money"),
        ("required: true", "requird: true", UnknownKey, "5:32", "required"),
        ("required: true", "required: yes", WrongValue, "5:42", None),
        ("[slip_no]", "[slip_number]", UnknownWord, "3:12", "slip_no"),
        ("master: slip", "master: party", UnknownWord, "6:34", None),
        ("record: slip", "record: slips", NameDiffers, "1:9", None),
        ("header: [客户]", "header: [客户, 清单号]", HeaderTwice, "6:13", None),
        ("header: [客户]", "header: [客户, 1]", UnquotedNumber, "6:53", None),
        ("{type: money}", "{header: [金额]}", MissingKey, "7:11", None),
        ("{type: money}", "{type: choice}", MissingKey, "7:11", None),
        ("{type: money}", "money", WrongValue, "7:11", None),
        ("{type: money}", "{type: money, book: slipp}", UnknownWord, "7:31", None),
        ("{type: money}", "{type: money, inherit: heading}", UnknownWord, "7:34", None),
        ("title: {en: Slip, zh: 清单}", "title: {en: Slip}", MissingKey, "2:8", None),
        ("title: {en: Slip, zh: 清单}", "titel: {en: Slip, zh: 清单}", UnknownKey, "2:1", "title"),
        ("title: {en: Slip, zh: 清单}", "flow: {in: [收入]}", MissingKey, "2:7", None),
    ],
)
def test_mistakes_have_places(
    tmp_path: Path, change: str, to: str, kind: type[AuditorError], place: str, nearest: str | None
) -> None:
    text = GOOD.replace("  amount", "  amount").replace(change, to)
    master = "master: {id: slip_no, names: [slip_no]}\n"
    with pytest.raises(RecordTypeErrors) as caught:
        record_types(_folder(tmp_path, text + master))
    (mistake,) = [each for each in caught.value.errors if type(each) is kind]
    assert str(mistake.place) == f"{tmp_path.name}/slip.yaml:{place}"
    if nearest:
        assert mistake.values["nearest"] == nearest
        assert nearest in caught.value.message("zh")


def test_a_good_file_loads(tmp_path: Path) -> None:
    types = record_types(_folder(tmp_path, GOOD + "master: {id: slip_no, names: [slip_no, amount]}\n"))
    assert types["slip"].fields["amount"].type is FieldType.MONEY
    assert types["slip"].fields["amount"].title.en == "Amount"


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(NoRecordTypes):
        record_types(tmp_path)
