"""The documents of the sample month: the same every time, complete, and readable."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from month.build import build_month
from month.plants import choose
from month.settings import Order, Settings
from month.write import documents
from python_calamine import CalamineWorkbook

FOLDER = Path(__file__).resolve().parents[2] / "samples" / "jieyuan-2026-10"
MONTH = Settings(plants=choose(["all"]))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return documents(MONTH)


def pdf_texts(data: bytes) -> list[str]:
    """The text of each page, as another program than ours reads it; unlike pdfium it asks the machine for no fonts."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def sheet(data: bytes, name: str) -> list[list[object]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python()]


def content(path: str, data: bytes) -> object:
    """What a document holds, without how it was compressed."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: content(name, archive.read(name)) for name in archive.namelist()}
    return pdf_texts(data) if path.endswith(".pdf") else data


def test_same_bytes_every_time(files: dict[str, bytes]) -> None:
    assert documents(MONTH) == files


def test_committed_month_is_what_is_made(files: dict[str, bytes]) -> None:
    committed = {str(path.relative_to(FOLDER)): path for path in sorted(FOLDER.rglob("*")) if path.is_file()}
    committed.pop("README.md")
    assert sorted(committed) == sorted(files)
    for name, path in committed.items():
        assert content(name, path.read_bytes()) == content(name, files[name]), name
    assert sum(path.stat().st_size for path in committed.values()) < 10_000_000


def test_folders(files: dict[str, bytes]) -> None:
    assert sorted({path.split("/")[0] for path in files}) == [
        *("00上期", "01收货清单", "02出货清单", "03统计报表", "04联络单+客服表", "05调账单"),
        *("06客户账单", "07总账单", "08网银", "09手工流水", "10收据+登记簿", "11现金"),
        *("12报销+发票", "13服务商账单", "14采购", "15回单", "16期末盘点", "17总账", "audit.yaml"),
    ]


def test_slips_as_text(files: dict[str, bytes]) -> None:
    ruled = pdf_texts(files["01收货清单/龙岗B/2026-10-16.pdf"])
    assert "清单张数 7 件数合计 31" in ruled[0]
    assert all(text in ruled[2] for text in ("SH26-004202", "中山市澜沁卫浴有限公司", "998-61000306", "￥265.36"))
    assert ["作废" in text for text in ruled].count(True) == 1
    plain = pdf_texts(files["01收货清单/东莞C/2026-10-12.pdf"])
    assert any("编号：SH26-004319" in text and "564.48" in text for text in plain)


def test_receipts_as_text(files: dict[str, bytes]) -> None:
    pages = pdf_texts(files["10收据+登记簿/收据-第64本.pdf"])
    page = next(text for text in pages if "0003160" in text)
    assert "1,786.48" in page
    assert "壹仟柒佰陆拾捌元肆角捌分" in page
    assert "3,467.97" in pdf_texts(files["10收据+登记簿/收据-散页-68本.pdf"])[0]


def test_register_has_merged_headers_text_and_a_hidden_row(files: dict[str, bytes]) -> None:
    data = files["03统计报表/统计报表2026-10.xlsx"]
    rows = sheet(data, "统计报表")
    assert rows[1][8:18] == ["货物", "", "", "", "费用（元）", "", "", "", "", ""]
    assert rows[2][8:10] == ["件数", "实重(kg)"]
    assert [row for row in rows if row[0] in ("SH26-4120", "ＳＨ２６－００４１２１")] != []
    assert rows[-1][0] == "合计"
    assert len(rows) == 3 + 420 + 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b'hidden="1"') == 1


def test_archive_lacks_one_bill(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["06客户账单/客户账单明细表2026-10.zip"])) as archive:
        names = archive.namelist()
        assert archive.read(names[0]) == files[f"06客户账单/{names[0]}"]
    missing = {path.rpartition("/")[2] for path in files if path.startswith("06客户账单/ZD")} - set(names)
    assert missing == {"ZD2610-C10 广州市易尚鞋业商行.xlsx"}


def test_bank_exports(files: dict[str, bytes]) -> None:
    icbc = files["08网银/ICBC_4000021009200123456_202610.csv"].decode("gbk").splitlines()
    assert icbc[0] == "[HISTORYDETAIL]"
    assert len(icbc) == 2 + 27
    assert icbc[-1].endswith('"179,332.58"')
    boc = files["08网银/BOC_202610.csv"]
    assert boc.startswith(b"\xef\xbb\xbf")
    assert "-25.00" not in boc.decode("utf-8-sig")
    alipay = files["08网银/支付宝账务明细_202610.csv"].decode("gbk")
    assert "#收入合计：53笔，共63575.98元" in alipay
    ccb = sheet(files["08网银/CCB_202610.xls"], "Sheet1")
    assert (len(ccb), ccb[-1][5]) == (13, "200,236.35")
    assert files["01收货清单/龙岗B/2026-10-15.pdf"] == files["01收货清单/龙岗B/2026-10-15_重复扫描.pdf"]


@pytest.mark.parametrize("order", [Order.REVERSED, Order.STRIDED])
def test_another_order_has_the_same_rows(files: dict[str, bytes], order: Order) -> None:
    settings = Settings(plants=choose(["all"]), order=order)
    other = documents(settings, build_month(settings))
    assert len(other) == len(files)
    for path in ("03统计报表/统计报表2026-10.xlsx", "13服务商账单/P4 粤通专线物流.xlsx"):
        folder, _, name = path.rpartition("/")
        same = next(each for each in other if each.startswith(folder) and each.endswith(name))
        sheet_name = "统计报表" if "统计" in path else "对账单"
        one, two = (Counter(map(str, sheet(data, sheet_name))) for data in (files[path], other[same]))
        assert one == two
        assert sheet(files[path], sheet_name) != sheet(other[same], sheet_name)


def test_another_company_month_and_volume() -> None:
    settings = Settings(
        company="测试货代有限公司",
        year=2027,
        month=2,
        closed=frozenset({8, 9, 10}),
        make_up=frozenset(),
        slip_letters="QD",
        slip_width=7,
        volume=3,
        plants=choose(["all"]),
    )
    month = build_month(settings)
    assert len(month.slips) == 3 * 420
    assert len({(slip.number, slip.waybill) for slip in month.slips}) == 3 * 420
    assert [each.key for each in month.expected if each.code == "BNK-03"] == ["CCB/02-09"]
    files = documents(settings, month)
    assert "01收货清单/宝安A2/2027-02-27.xlsx" in files
    assert "QD27-0004001" in str(sheet(files["01收货清单/归类清册.xlsx"], "归类清册"))


def test_words_that_name_plants() -> None:
    assert choose(["none"]) == frozenset()
    assert choose(["REG-03"]) == {"REG-03-pieces", "REG-03-waybill"}
    assert choose(["ORD", "BNK-07"]) == {"ORD-02", "BNK-07"}
    with pytest.raises(ValueError, match="no such plant: REG-99"):
        choose(["REG-99"])


def test_readme_names_every_planted_error(expected: list[tuple[str, str, str, str, str]]) -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    for code, key, difference, *_ in expected:
        assert any(f"| {code} | {key} |" in line and f"| {difference}" in line for line in lines), (code, key)
