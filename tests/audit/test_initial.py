"""The first audit.yaml of a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import auditor
from auditor.audit.errors import NoFolder, SettingsExist
from auditor.audit.initial import write_settings
from auditor.audit.naming import companies
from auditor.audit.settings import SettingsFile, load_settings

SLIPS = "日期,清单号,件数,合计,币种\n2026-09-30,SH26-000001,2,210.00,USD\n2026-10-09,SH26-000002,1,66.00,USD\n"
MORE = "2026-10-10,SH26-000003,1,66.00,CNY\n"
PARTIES = "客户代码,名称,类别\nC00,捷远国际货运代理有限公司,本公司\nC01,深圳市恒昌电子有限公司,客户\n"
TITLED = "捷远国际货运代理有限公司\n{title}\n日期,清单号,件数,合计,联络单号\n2026-10-0{day},SH26-00000{day},2,210.00,\n"


def made(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def written(folder: Path) -> SettingsFile:
    write_settings(folder, workers=0)
    return load_settings(folder).file


def uncommented(path: Path) -> None:
    """Take the # from every line that becomes a setting without it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = [re.sub(r"^# ?", "", line) if re.match(r"# (parameters:|- |  )", line) else line for line in lines]
    path.write_text("\n".join(bare) + "\n", encoding="utf-8")


def test_the_own_company_of_the_masters_the_fullest_month_the_most_frequent_currency(tmp_path: Path) -> None:
    folder = made(tmp_path / "月末", 收货清单=SLIPS + MORE, 往来单位=PARTIES)
    settings = written(folder)
    assert (settings.entity, settings.period, settings.currency) == ("捷远国际货运代理有限公司", "2026-10", "USD")
    assert settings.rules == "freight-month-end"


def test_the_company_that_the_titles_name(tmp_path: Path) -> None:
    titled = {f"统计报表{day}": TITLED.format(title="统计报表", day=day) for day in (1, 2)}
    assert written(made(tmp_path / "月末", **titled)).entity == "捷远国际货运代理有限公司"


def test_what_no_document_says_is_left_to_the_user(tmp_path: Path) -> None:
    folder = made(tmp_path / "empty")
    settings = written(folder)
    assert (settings.entity, settings.period, settings.currency) == (None, None, "CNY")
    assert "# entity: " in (folder / "audit.yaml").read_text(encoding="utf-8")


def test_every_comment_is_a_setting_without_its_sign(tmp_path: Path) -> None:
    folder = made(tmp_path / "月末", 收货清单=SLIPS, 往来单位=PARTIES)
    (folder / "乱 [1]*.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    write_settings(folder, workers=0)
    uncommented(folder / "audit.yaml")
    settings = load_settings(folder).file
    assert settings.parameters["cash_limit"] == "14000.00 CNY"
    ignored, declared = settings.documents
    assert ignored.ignore == "与本次审核无关 / not part of this audit"
    assert (declared.sign, declared.decimal, declared.year, declared.unit) == ("out_positive", ",", 2026, "万元")
    assert declared.account is not None and len(declared.account) == 19
    result = auditor.run(folder, workers=0, at="2026-11-02T09:00:00+08:00").result
    statuses = {each.path: each.status for each in result.documents}
    assert statuses["乱 [1]*.csv"] == "ignored"
    assert not result.problems


def test_the_same_folder_gives_the_same_file_and_it_is_never_overwritten(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        folder = made(tmp_path / name, 收货清单=SLIPS, 往来单位=PARTIES)
        texts.append(write_settings(folder, workers=0).read_bytes())
        with pytest.raises(SettingsExist):
            write_settings(folder, workers=0)
        assert (folder / "audit.yaml").read_bytes() == texts[-1]
    assert texts[0] == texts[1]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        write_settings(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("捷远国际货运代理有限公司 2026年10月统计报表", ["捷远国际货运代理有限公司"]),
        ("深圳市捷远国际货运代理（广州）有限责任公司", ["深圳市捷远国际货运代理（广州）有限责任公司"]),
        ("Jieyuan International Forwarding Co., Ltd.", ["Jieyuan International Forwarding Co., Ltd."]),
        ("客户：深圳市恒昌电子有限公司", []),
        ("中国工商银行股份有限公司", []),
        ("2026年10月对账单", []),
    ],
)
def test_company_names_in_titles(line: str, found: list[str]) -> None:
    assert companies(line) == found


def test_what_a_document_asks_stands_there_with_its_answer(tmp_path: Path) -> None:
    dates = "".join(f"0{day}/09/2026,rent,{day}0.00,\n" for day in range(1, 6))
    folder = made(tmp_path / "my month", **{"bank [old] 一般户": "Date,Summary,Debit,Credit\n" + dates})
    write_settings(folder, workers=0)
    text = (folder / "audit.yaml").read_text(encoding="utf-8")
    assert "date_order: dmy  # date_order: dmy / date_order: mdy / date_order: ymd" in text
    assert not load_settings(folder).file.documents  # `documents:` waits for its entries
    uncommented(folder / "audit.yaml")
    result = auditor.run(folder, workers=0, at="2026-11-02T09:00:00+08:00").result
    assert not [problem for each in result.documents for problem in each.problems]
