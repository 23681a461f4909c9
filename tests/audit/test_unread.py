"""What could not be read is never reported as missing without naming it, hides only what it can hold, and costs only
itself."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import openpyxl
import pytest

import auditor
from auditor.findings.model import AuditResult, Finding

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "jieyuan-2026-10"
DAYS = ("2026-10-08", "2026-10-09", "2026-10-10")


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Station A's slips of three days and the register of the whole month."""
    folder = tmp_path / "月末"
    for name in ("03统计报表", "00上期"):
        shutil.copytree(SAMPLE / name, folder / name)
    slips = folder / "01收货清单" / "宝安A"
    slips.mkdir(parents=True)
    for day in DAYS:
        shutil.copy(SAMPLE / "01收货清单" / "宝安A" / f"{day}.xlsx", slips)
    return folder


def registered_without_slip(result: AuditResult, day: str) -> list[Finding]:
    return [
        f
        for f in result.findings
        if f.code == "REG-01" and str(f.date) == day and f.records[0].values["station"] == "A"
    ]


def run(folder: Path) -> AuditResult:
    return auditor.run(folder, period="2026-10", only=["slips-against-register"], workers=0).result


def test_a_register_row_without_a_slip_is_reported_where_all_documents_were_read(month: Path) -> None:
    (month / "01收货清单" / "宝安A" / "2026-10-09.xlsx").unlink()
    found = registered_without_slip(run(month), "2026-10-09")
    assert found
    assert {each.status for each in found} == {"open"}


def test_it_names_the_document_that_could_not_be_read_and_stays_open(month: Path) -> None:
    broken = month / "01收货清单" / "宝安A" / "2026-10-09.xlsx"
    broken.write_bytes(broken.read_bytes()[:2000])
    result = run(month)
    found = registered_without_slip(result, "2026-10-09")
    assert found
    assert {(each.status, each.derived_from, each.may_be_in) for each in found} == {
        ("open", None, ("01收货清单/宝安A/2026-10-09.xlsx",))
    }
    assert all("2026-10-09.xlsx" in each.explanation.zh for each in found)
    assert result.exit_code == 2
    statuses = {each.path.rsplit("/", 1)[-1]: each.status for each in result.documents}
    assert statuses["2026-10-09.xlsx"] == "unreadable"
    assert statuses["2026-10-08.xlsx"] == "read"


def test_a_rule_without_its_documents_is_not_run_and_says_which(month: Path) -> None:
    shutil.rmtree(month / "03统计报表")
    result = run(month)
    (rule,) = result.rules
    assert rule.status == "not run"
    assert rule.reason is not None
    assert rule.reason.zh == "缺少资料：统计报表登记"
    assert result.findings == ()


# --- documents that were read and not recognised ---

BANK = "账号,6222021202012345678\n交易时间,收入金额,支出金额,余额,对方户名,摘要\n" + "".join(
    f"2026-10-{day:02} 10:00:00,,{amount},{balance},中国石化,油费\n"
    for day, amount, balance in ((8, "30.00", "970.00"), (20, "236.80", "733.20"))
)
LEDGER = "日期,凭证号,摘要,对方单位,收入,支出,余额\n2026-10-09,记-1,房租,好邻居物业,,500.00,500.00\n"


def absent(folder: Path) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    result = auditor.run(folder, period="2026-10", only=["bank-against-ledger"], workers=0).result
    return sorted((f.code, f.key.partition("/")[2], f.derived_from, f.may_be_in) for f in result.findings)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("部门,姓名\n业务部,林晓\n", set()),
        ("部门,金额\n业务部,30\n", set()),  # so small an amount stands anywhere
        ("报销日,金额\n2026-10-08,30.00\n", {"10-08"}),
        ("报销日,金额\n2026年10月8日,30.00\n", {"10-08"}),
        ("部门,金额\n业务部,￥236.80\n", {"10-20"}),
        ("Budget,Sum\nFuel,236.80\n", {"10-20"}),
    ],
)
def test_an_unknown_table_is_named_where_its_texts_speak_and_hides_nothing(
    tmp_path: Path, other: str, named: set[str]
) -> None:
    for name, text in (("网银.csv", BANK), ("银行日记账.csv", LEDGER), ("其他.csv", other)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert absent(tmp_path) == [
        ("BNK-01", "10-08", None, ("其他.csv",) if "10-08" in named else ()),
        ("BNK-01", "10-20", None, ("其他.csv",) if "10-20" in named else ()),
        ("BNK-02", "10-09", None, ()),
    ]


@pytest.mark.parametrize("name", ["便条.docx", "photo.jpg", "setup.exe", "notes.heic", "网银说明.docx"])
def test_a_note_or_photo_beside_exports_hides_nothing_and_is_named_by_no_exception(tmp_path: Path, name: str) -> None:
    for file, text in (("网银.csv", BANK), ("银行日记账.csv", LEDGER)):
        (tmp_path / file).write_text(text, encoding="utf-8")
    without = absent(tmp_path)
    (tmp_path / name).write_bytes(b"\xff\xd8\xff\x00PK\x03\x04" + bytes(range(256)))
    assert absent(tmp_path) == without


def test_a_break_is_a_break_whatever_lies_beside_it(tmp_path: Path) -> None:
    broken = BANK.replace("733.20", "773.20")
    for file, text in (("网银.csv", broken), ("银行日记账.csv", LEDGER)):
        (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "网银-2.csv").write_bytes(bytes(4096))
    result = auditor.run(tmp_path, period="2026-10", only=["bank-balance-chain"], workers=0).result
    assert [(f.code, f.status, f.may_be_in) for f in result.findings] == [("BNK-08", "open", ())]


@pytest.mark.parametrize(
    ("name", "held"),
    [("报销单", False), ("Expense claims", False), ("银行流水", True), ("Bank book", True)],
)
def test_a_table_that_is_asked_hides_only_what_it_may_be(tmp_path: Path, name: str, held: bool) -> None:
    """Its proposals are types of which the records are not those that are absent, or the very ones."""
    stock = "Claimant,Zz,Reason for claim,Amount\nAnn,2026-10-09,Taxi,500.00\nBob,2026-10-10,Tea,12.00\n"
    bank = "Xdate,Ref,Narrative,Withdrawals,Zz\n2026-10-09,R-1,Rent,500.00,1\n2026-10-10,R-2,Tea,12.00,2\n"
    text = bank if held else stock
    for file, body in (("网银.csv", BANK), ("银行日记账.csv", LEDGER), (f"{name}.csv", text)):
        (tmp_path / file).write_text(body, encoding="utf-8")
    result = auditor.run(tmp_path, period="2026-10", only=["bank-against-ledger"], workers=0).result
    (document,) = (each for each in result.documents if each.path == f"{name}.csv")
    assert (document.status, bool((document.may_be or frozenset()) & {"bank_transaction"})) == ("asked", held)
    derived = {f.derived_from for f in result.findings if f.code == "BNK-02"}
    assert derived == ({f"document:{name}.csv"} if held else {None})


def test_an_unreadable_file_is_named_where_those_called_alike_hold_what_is_missing(tmp_path: Path) -> None:
    for name, text in (("网银-1.csv", BANK), ("银行日记账.csv", LEDGER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "网银-2.csv").write_bytes(bytes(4096))
    assert {(code, derived, files) for code, _, derived, files in absent(tmp_path)} == {
        ("BNK-01", None, ()),
        ("BNK-02", None, ("网银-2.csv",)),
    }


def test_a_sheet_that_was_not_read_may_hold_what_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "现金"
    folder.mkdir()
    entries = "\n".join(f"2026-10-{day:02d},现{day},收货款,{day}00.00,,{1000 + day * 100}.00" for day in (8, 9))
    (folder / "现金日记账.csv").write_text(f"日期,凭证号,摘要,收入,支出,余额\n{entries}\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "领用"
    for book_row in (["票据种类", "本号", "起止号码", "领用人"], ["收据", "63", "0003101-0003125", "周敏"]):
        book.active.append(book_row)
    sheet = book.create_sheet("开具明细")
    for row in (
        ["收据编号", "缮写日期", "誊清日期", "交款单位", "金额"],  # which of the days is the receipt's?
        ["0003101", "2026-10-08", "2026-10-09", "甬泰", 800],
        ["0003102", "2026-10-12", "2026-10-12", "恒昌", 5],
    ):
        sheet.append(row)
    book.save(folder / "收据登记簿.xlsx")
    papers = "收据编号,开具日期,交款单位,金额\n0003000,2026-10-01,甲公司,5.00\n"  # without any the rule is not run
    (folder / "收据存根.csv").write_text(papers, encoding="utf-8")
    result = auditor.run(folder, period="2026-10", only=["cash-evidence"], workers=0).result
    found = {str(each.date): (each.status, each.derived_from) for each in result.findings if each.code == "CSH-01"}
    assert found == {
        "2026-10-08": ("derived", "document:收据登记簿.xlsx"),
        "2026-10-09": ("open", None),
    }
    assert result.exit_code == 2


# --- archives and folders of which something did not come out ---


def lacking(folder: Path) -> tuple[int, dict[str, set[str]], dict[str, str]]:
    """The exit code, in which files what each code misses may be, and the status of each document. Nothing is folded
    under a document of which nothing is known."""
    result = auditor.run(folder, period="2026-10", only=["bank-against-ledger"], workers=0).result
    files: dict[str, set[str]] = {}
    for finding in result.findings:
        assert (finding.status, finding.derived_from) == ("open", None)
        files.setdefault(finding.code, set()).update(finding.may_be_in)
    return result.exit_code, files, {each.path: each.status for each in result.documents}


def tar_of(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def test_an_archive_that_was_cut_is_named(tmp_path: Path) -> None:
    (tmp_path / "银行日记账.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "网银.tar").write_bytes(tar_of(("网银-1.csv", BANK.encode()), ("网银-2.csv", b"x"))[:1024])
    code, files, statuses = lacking(tmp_path)
    assert code == 2
    assert files == {"BNK-01": {"网银.tar"}, "BNK-02": {"网银.tar"}}
    assert (statuses["网银.tar"], statuses["网银.tar/网银-1.csv"]) == ("read with problems", "read")


def test_an_archive_with_a_refused_member_is_named(tmp_path: Path) -> None:
    (tmp_path / "账").mkdir()
    (tmp_path / "账" / "银行日记账.csv").write_text(LEDGER, encoding="utf-8")
    members = {"网银-1.csv": BANK, "../网银-2.csv": BANK.replace("30.00", "500.00")}
    with zipfile.ZipFile(tmp_path / "网银.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    code, files, statuses = lacking(tmp_path)
    assert (code, files["BNK-02"], statuses["网银.zip"]) == (2, {"网银.zip"}, "read with problems")


def test_a_folder_that_does_not_open_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("网银/工行.csv", BANK), ("日记账/银行日记账.csv", LEDGER), ("关着/x.csv", "")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    real = os.scandir

    def shut(path: Path) -> object:
        if Path(path).name == "关着":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", shut)
    code, files, statuses = lacking(tmp_path)
    assert (code, statuses["关着/"]) == (2, "unreadable")
    assert files == {"BNK-01": {"关着/"}, "BNK-02": {"关着/"}}


def test_a_whole_archive_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "银行日记账.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "网银.tar").write_bytes(tar_of(("网银-1.csv", BANK.encode())))
    code, files, statuses = lacking(tmp_path)
    assert (code, files) == (1, {"BNK-01": set(), "BNK-02": set()})
    assert statuses["网银.tar"] == "ignored"


@pytest.mark.parametrize("kind", ["收据", None])
def test_numbers_are_not_controlled_without_a_book_of_their_kind(tmp_path: Path, kind: str | None) -> None:
    books = "" if kind is None else f"票据种类,本号,起号,止号,领用人\n{kind},63,0003101,0003125,周敏\n"
    slips = "清单号,日期,网点,客户,件数,计费重,金额\n" + "".join(f"SH26-{at:06},2026-10-08,宝安,甬泰,1,2,30.00\n" for at in range(1, 9))
    for name, text in (("票据领用登记.csv", books), ("收货清单.csv", slips)):
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
    result = auditor.run(tmp_path, period="2026-10", only=["slip-numbers"], workers=0).result
    (rule,) = result.rules
    assert (rule.status, [each.code for each in result.findings]) == ("not run", [])
