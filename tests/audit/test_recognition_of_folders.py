"""What one document of a folder tells of another: whose bill it is, whatever the bill's own words would make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.model import ReadDocument
from auditor.documents.recognition.hypotheses import State
from auditor.resources import using

_PARTIES = "往来编码,单位全称,简称,类别\nQ1,恒昌电子有限公司,恒昌,客户\nP1,顺途速运有限公司,顺途,承运商\nZ1,捷远货运有限公司,捷远,本公司\n"
_PARTIES_EN = (
    "Party ID,Name,Short name,Kind\nC1,Hengchang Electronics Ltd,Hengchang,客户\nP1,Shuntu Express Ltd,Shuntu,承运商\n"
    "Z1,Jieyuan Freight Ltd,Jieyuan,本公司\n"
)
_LINES = """
2026-10-08,W1,2,10,5.00,50.00,4.00,54.00
2026-10-09,W2,1,4,5.00,20.00,1.60,21.60
2026-10-10,W3,3,8,5.00,40.00,3.20,43.20
"""
_CHINESE = "日期,运单号,件数,计费重,单价,运费,燃油费,合计" + _LINES
_ENGLISH = "Date,Waybill No,Pieces,Chargeable weight,Rate,Freight,Fuel surcharge,Amount" + _LINES


def folder(tmp_path: Path, entity: str | None, **files: str) -> dict[str, ReadDocument]:
    """The documents of a folder of CSV files, by their names without the ending."""
    settings = 'period: "2026-10"\n' + (f"entity: {entity}\n" if entity else "")
    (tmp_path / "audit.yaml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    setup = set_up(tmp_path)
    with using(setup.own):
        documents = read_folder(tmp_path, setup.settings, Silent(), 0, None, readings=setup.reading.readings)
    return {Path(each.path).stem: each for each in documents}


@pytest.mark.parametrize(
    ("entity", "parties", "bill", "name"),
    [
        ("捷远货运有限公司", _PARTIES, f"对账单,,,\n客户：,捷远货运有限公司,,\n{_CHINESE}", "顺途10月"),
        (None, _PARTIES, f"对账单,,,\n客户：,捷远,,\n{_CHINESE}", "顺途10月"),
        ("Jieyuan Freight Ltd", _PARTIES_EN, f"Statement,,,\nCustomer:,Jieyuan Freight Ltd,,\n{_ENGLISH}", "Shuntu"),
    ],
)
def test_a_bill_to_the_audited_company_is_its_carriers(
    entity: str | None, parties: str, bill: str, name: str, tmp_path: Path
) -> None:
    documents = folder(tmp_path, entity, parties=parties, **{name: bill})
    assert set(documents[name].records) - {"stated_total"} == {"provider_line"}
    assert documents[name].tables[0].state is State.SURE


@pytest.mark.parametrize("customer", ["恒昌电子有限公司", "恒昌", "某某贸易有限公司"])
def test_a_bill_to_a_customer_stays_one(customer: str, tmp_path: Path) -> None:
    bill = f"客户对账单,,,\n客户：,{customer},,\n{_CHINESE}"
    documents = folder(tmp_path, "捷远货运有限公司", parties=_PARTIES, bill=bill)
    assert documents["bill"].tables[0].hypotheses[0].record == "bill_line"


def test_a_bill_to_the_audited_company_by_nobody_who_is_known_is_asked(tmp_path: Path) -> None:
    bill = f"对账单,,,\n客户：,捷远货运有限公司,,\n{_CHINESE}"
    documents = folder(tmp_path, "捷远货运有限公司", bill=bill)
    assert not documents["bill"].records
    assert documents["bill"].tables[0].state in (State.ASKED, State.LIKELY)


def test_a_table_of_more_columns_than_any_type_has_is_read_by_its_own_words_alone(tmp_path: Path) -> None:
    header = "交易日期,摘要,收入,支出,余额," + ",".join(f"附加{n}" for n in range(200))
    rows = "\n".join(f"2026-10-0{day},x,1.00,,{day}.00," + "," * 199 for day in range(1, 5))
    documents = folder(tmp_path, None, 现金日记账=f"{header}\n{rows}\n")
    assert "WorkerFailed" not in [each.code for each in documents["现金日记账"].problems]


_SAME = "  - {{headers: [{words}], title: {title}, record: bundle_cover}}\n  - {{headers: [{words}], file: '*.csv', ignore: x}}\n"


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("收单日, 网点, 票数", "2026-10-08,宝安,7\n2026-10-09,宝安,3\n"),
        ("Day, Depot, Dockets", "2026-10-08,Baoan,7\n2026-10-09,Baoan,3\n"),
        ("日期, 站点, 票数", "2026-10-08,A,7\n2026-10-09,A,3\n"),  # words that are known without any answer
    ],
)
def test_a_table_about_which_two_answers_fit_alike_is_told_and_not_read(words: str, rows: str, tmp_path: Path) -> None:
    (tmp_path / "reading.yaml").write_text("tables:\n" + _SAME.format(words=words, title="清单封面"), encoding="utf-8")
    documents = folder(tmp_path, None, cover="清单封面,,\n" + words.replace(", ", ",") + "\n" + rows)
    assert "AnswersRival" in [each.code for each in documents["cover"].problems]
    assert not documents["cover"].records


_REGISTER = "Slip No,Date,Station,Customer,Waybill No,Pieces,Chargeable weight,Rate,Freight,Amount\n" + "".join(
    f"SH-{at:03},2026-10-{at:02},North,Hengchang,W{at:03},1,10,5.00,50.00,50.00\n" for at in range(1, 9)
)


@pytest.mark.parametrize("header", ["CN", "Folio", "Ours"])
def test_numbers_that_the_folder_knows_are_a_column_of_a_table_that_is_read(header: str, tmp_path: Path) -> None:
    lines = "".join(f"2026-10-{at:02},W{at:03},SH-{at:03},10,5.00,50.00,50.00\n" for at in range(1, 9))
    bill = f"Customer statement\nCustomer:,Hengchang\nDate,Waybill No,{header},Chargeable weight,Rate,Freight,Amount\n{lines}"
    documents = folder(tmp_path, None, 统计报表登记=_REGISTER, bill=bill)
    assert set(documents["统计报表登记"].records) == {"register_entry"}
    assert documents["bill"].records["bill_line"].column("slip_no").to_pylist()[:2] == ["SH-001", "SH-002"]


def test_rows_of_values_are_no_headers_whatever_words_they_hold(tmp_path: Path) -> None:
    rows = "".join(f"2026-10-{at:02},Freight,S{at},Cash,2,10,5.00,50.00\n" for at in range(1, 9))
    text = f"Freight charges\nDate,Item,Slip No,Payment mode,Pieces,Chargeable weight,Rate,Amount\n{rows}"
    documents = folder(tmp_path, None, bill=text)
    assert len(documents["bill"].tables) == 1
