"""What `documents:` in audit.yaml declares of a document, and `auditor read` by the audit.yaml of a folder above."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.audit.documents import options_of, read_paths
from auditor.audit.errors import SettingsErrors
from auditor.audit.settings import load_settings
from auditor.cli.commands import group
from auditor.documents.collect import document_at
from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.headers import amount_unit, amount_units
from auditor.documents.model import record_dicts
from auditor.documents.read import ReadOptions

FILE = "交易日期,收入,支出,余额\n2026-10-08,10.00,,10.00\n"


def put(folder: Path, settings: str, *paths: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "audit.yaml").write_text(settings, encoding="utf-8")
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(FILE, encoding="utf-8")
    return folder


def options(folder: Path, path: str) -> ReadOptions:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(FILE, encoding="utf-8")
    return options_of(replace(document_at(folder / path), path=path), load_settings(folder))


def test_every_key_is_handed_on(tmp_path: Path) -> None:
    put(tmp_path, """\
documents:
  - {path: "bank/*.csv", sign: out_positive, date_order: dmy, decimal: ",", year: 2026, currency: USD,
     account: "0062220001", unit: 万元}
""")
    assert options(tmp_path, "bank/a.csv").declared == Declarations(
        "out_positive", "dmy", ",", 2026, "USD", "0062220001", "万元"
    )
    assert options(tmp_path, "wallet/a.csv").declared is NOTHING_DECLARED


def test_each_key_counts_where_it_first_stands(tmp_path: Path) -> None:
    put(tmp_path, """\
documents:
  - {path: "bank/usd*.csv", currency: USD}
  - {path: "bank/*.csv", currency: CNY, year: 2025, sign: out_positive}
  - {path: "*", year: 2026, decimal: "."}
""")
    assert options(tmp_path, "bank/usd1.csv").declared == Declarations("out_positive", None, ".", 2025, "USD")
    assert options(tmp_path, "bank/b.csv").declared == Declarations("out_positive", None, ".", 2025, "CNY")
    assert options(tmp_path, "c.csv").declared == Declarations(decimal=".", year=2026)


def test_layout_and_ignore_are_one_question(tmp_path: Path) -> None:
    put(tmp_path, """\
documents:
  - {path: "*", currency: USD}
  - {path: "bank/a.csv", layout: bank/abc}
  - {path: "bank/*", ignore: drafts}
  - {path: "bank/*", layout: bank/icbc-corporate}
""")
    assert options(tmp_path, "bank/a.csv").layout == "bank/abc"
    assert options(tmp_path, "bank/b.csv").layout is None
    found = {each.path: each for each in read_paths([tmp_path / "bank/b.csv"], ())}
    assert any("drafts" in remark.text.en for remark in found["b.csv"].remarks)  # read when asked for, and told


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("sign: outpositive", "out_positive"),
        ("date_order: dym", "nearest"),
        ("decimal: comma", '".", ","'),
        ("decimal: ", "quotes"),
        ("year: 26", "from 1990 to 2199"),
        ("year: 2200", "from 1990 to 2199"),
        ('year: "2026"', "a whole number"),
        ("currency: usd", "nearest: USD"),
        ("currency: RMB", "nearest: CNY"),
        ("currency: 美元", "nearest: USD"),
        ("unit: 万圆元", "nearest: "),
        ("unit: kg", "万元"),
        ("unit: 件", "万元"),
        ("account: 0062220001", '"0062220001"'),
        ("account: 622202000011112222", '"622202000011112222"'),
        ("account: 6222020000111122223", '"6222020000111122223"'),
        ("acount: \"1\"", "nearest: account"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_told_at_its_place(tmp_path: Path, entry: str, word: str) -> None:
    put(tmp_path, f"period: 2026-10\ndocuments:\n  - path: bank/*.csv\n    {entry}\n")
    with pytest.raises(SettingsErrors) as raised:
        load_settings(tmp_path)
    (mistake,) = raised.value.errors
    assert str(mistake.place).startswith("audit.yaml:4:")
    assert word in mistake.message("en")
    assert "Input" not in mistake.message("zh")


def test_units_of_amounts() -> None:
    assert {"元", "千元", "万元", "亿元", "角", "分"} <= set(amount_units())
    assert all(amount_unit(word) is not None for word in amount_units())
    (ten_thousand, yuan, weight) = (amount_unit(word) for word in ("人民币万元", "￥", "公斤"))
    assert ten_thousand is not None and ten_thousand.numerator == 10_000
    assert yuan is not None and yuan.currency == "CNY"
    assert weight is None


@pytest.mark.parametrize(("depth", "found"), [("", True), ("a/", True), ("a/b/c/", True), ("a/b/c/d/", False)])
def test_read_follows_the_audit_yaml_of_a_folder_up_to_three_above(tmp_path: Path, depth: str, found: bool) -> None:
    put(tmp_path / "月末", "currency: USD\n", f"{depth}流水.csv")
    (document,) = read_paths([tmp_path / "月末" / f"{depth}流水.csv"], ())
    (record,) = record_dicts(document.records["bank_transaction"])
    assert record.get("currency") == ("USD" if found else None)
    ended = CliRunner().invoke(group, ["read", str(tmp_path / "月末" / f"{depth}流水.csv"), "--json"])
    used = json.loads(ended.stdout)["settings"]
    assert [path.rpartition("/")[2] for path in used] == (["audit.yaml"] if found else [])


def test_the_nearest_audit_yaml_counts_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    put(tmp_path / "年", "currency: EUR\n")
    put(tmp_path / "年/月", "currency: HKD\n", "a.csv")
    (document,) = read_paths([tmp_path / "年/月/a.csv"], ())
    assert [each["currency"] for each in record_dicts(document.records["bank_transaction"])] == ["HKD"]
    put(tmp_path / "年/月", "curency: HKD\nyear: 2026\n")
    with pytest.raises(SettingsErrors) as raised:
        read_paths([tmp_path / "年/月/a.csv"], ())
    assert [each.code for each in raised.value.errors] == ["UnknownKey", "UnknownKey"]


def test_the_currency_of_the_audit_is_none_of_records_unless_it_is_stated(tmp_path: Path) -> None:
    put(tmp_path, "period: 2026-10\n", "a.csv")
    (document,) = read_paths([tmp_path / "a.csv"], ())
    assert [each.get("currency") for each in record_dicts(document.records["bank_transaction"])] == [None]


def test_one_declaration_over_another() -> None:
    mine, other = Declarations(sign="out_positive", year=2026), Declarations(sign="in_positive", decimal=",")
    assert mine.or_else(other) == Declarations(sign="out_positive", decimal=",", year=2026)
    assert NOTHING_DECLARED.or_else(other) == other


def test_layouts_that_entries_name_must_exist(tmp_path: Path) -> None:
    put(tmp_path, """\
documents:
  - {path: "a*", layout: bank/abcc}
  - {path: "b*", layout: bank_transaction}
  - {path: "c*", layout: forms/receip}
""", "a.csv")
    with pytest.raises(SettingsErrors) as raised:
        read_paths([tmp_path / "a.csv"], ())
    assert [(str(each.place), each.values["nearest"]) for each in raised.value.errors] == [
        ("audit.yaml:2:26", "bank/abc"), ("audit.yaml:4:26", "forms/receipt"),
    ]  # fmt: skip
