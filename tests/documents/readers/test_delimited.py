"""Delimited text: encodings, delimiters, ragged rows, and that no row is ever lost, small file or large."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.errors import UnknownEncoding
from auditor.documents.pages import Grid, NoteKind, ReadPages
from auditor.documents.readers import delimited
from auditor.documents.readers.delimited import bulk, plain
from auditor.documents.readers.delimited.records import find_delimiter, records, split_lines

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "bank"
HEADER = ["日期", "对方户名", "金额"]


def grid(read: ReadPages) -> Grid:
    (page,) = read.pages
    assert isinstance(page, Grid)
    return page


def rows(read: ReadPages) -> list[list[str | None]]:
    return grid(read).head(10_000)


def lines(read: ReadPages) -> list[int]:
    return list(grid(read).row_numbers.to_pylist())


def of(text: str) -> ReadPages:
    return delimited.read(text.encode())


# --- encodings -------------------------------------------------------------------------------------------------------

SIMPLIFIED = "日期,对方户名,金额\n2026-10-08,深圳市恒昌电子有限公司,38415.60\n"
TRADITIONAL = "日期,對方戶名,金額\n2026-10-08,香港上海滙豐銀行有限公司,38415.60\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED.replace("深圳", "镕㐂"), "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        ("余额\n1\n", "gbk"),
        ("Date;Name;Betrag\n08.10.2026;Müller Straße;38415,60\n", "cp1252"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    read = delimited.read(text.encode(encoding.replace("big5", "big5hkscs")))
    delimiter = ";" if ";" in text else ","
    assert rows(read) == [line.split(delimiter) for line in text.splitlines()]
    assert read.problems == ()


def test_a_character_cut_in_the_middle_is_shown_and_is_a_problem() -> None:
    data = SIMPLIFIED.encode("gbk") * 30 + "2026-10-09,恒".encode("gbk")[:-1] + b",1.00\n"
    read = delimited.read(data)
    assert rows(read)[-1] == ["2026-10-09", "�", "1.00"]
    assert [(problem.code, problem.values) for problem in read.problems] == [  # type: ignore[attr-defined]
        ("UndecodableBytes", {"encoding": "GB18030", "lines": "61"})
    ]


def test_rubbish_is_in_no_encoding() -> None:
    with pytest.raises(UnknownEncoding):
        delimited.read(bytes(range(128, 256)) * 3 + b"\xff\xff\x80\x80")


def test_zeros_at_the_end_are_a_file_cut_short() -> None:
    read = delimited.read(SIMPLIFIED.encode() + bytes(4096))
    assert rows(read)[1] == ["2026-10-08", "深圳市恒昌电子有限公司", "38415.60"]
    assert [problem.code for problem in read.problems] == ["TruncatedFile"]  # type: ignore[attr-defined]


# --- delimiters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("日期,金额\n2026-10-08,1.00\n", ","),
        ("日期\t金额\n2026-10-08\t1,234,567.00\n2026-10-09\t2,234,567.00\n2026-10-10\t3,234,567.00\n", "\t"),
        ("日期;金额\n08.10.2026;1.234,00\n09.10.2026;2.234,00\n", ";"),
        ("日期|金额\n2026-10-08|1,234.00\n", "|"),
        ("标题\n账号：6217\n\n日期,金额,余额\n1,2,3\n4,5,6\n合计\n", ","),
        ("日期\t,金额\t,余额\t\n1 \t,2 \t,3 \t\n4 \t,5 \t,6 \t\n", ","),
        ("日期,金额\n2026-10-08\t,\"1,234.00\t\"\n2026-10-09\t,\"2,234.00\t\"\n", ","),
        ("流水号,日期\n6217\t,1\n6218\t,2\n", ","),
        ("sep=;\n日期;金额\n1;2\n", ";"),
        ("一列\n一\n二\n", ","),
        ("#a，b;c\n日期,说明\n1,甲;乙;丙\n2,甲;乙;丙\n", ","),
        ("", ","),
    ],
)
def test_delimiter_through_preambles_and_padding(text: str, delimiter: str) -> None:
    assert find_delimiter(split_lines(text)) == delimiter


# --- records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"1,234.00",b\n', [(1, ["a", "1,234.00", "b"])]),
        ('a,"两\n行",b\nc,d,e\n', [(1, ["a", "两\n行", "b"]), (3, ["c", "d", "e"])]),
        ('a,"说""好""",b\n', [(1, ["a", '说"好"', "b"])]),
        ('="00123",6217\t,`001\n', [(1, ['="00123"', "6217\t", "`001"])]),
        ("a,b\n\n\nc,d", [(1, ["a", "b"]), (4, ["c", "d"])]),
        ("a,b\r\n\r\nc,d\r\n", [(1, ["a", "b"]), (3, ["c", "d"])]),
        ("a,b\rc,d\r", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("a,b\rc\nd,e\n", [(1, ["a", "b\rc"]), (2, ["d", "e"])]),
        ('a, "1,234.00" ,b\n', [(1, ["a", "1,234.00 ", "b"])]),
        ('5" pipe,2\n6" pipe,3\n', [(1, ['5" pipe', "2"]), (2, ['6" pipe', "3"])]),
        ("a\x1cb,c\x85d,e\u2028f\n", [(1, ["a\x1cb", "c\x85d", "e\u2028f"])]),
        ("标题\n 1 ,2\n3\n", [(1, ["标题"]), (2, [" 1 ", "2"]), (3, ["3"])]),
    ],
)
def test_records(text: str, expected: list[tuple[int, list[str]]]) -> None:
    found = list(records(split_lines(text), ","))
    assert [(line, cells) for line, cells, _ in found] == expected
    assert not any(stray for _, _, stray in found)


def test_a_quote_that_never_closes_costs_no_row() -> None:
    text = '日期,摘要,金额\n1,"未闭合,2.00\n' + "".join(f"{day},货款,1.00\n" for day in range(2, 300))
    read = of(text)
    assert [row[0] for row in rows(read)] == ["日期", *map(str, range(1, 300))]
    assert rows(read)[1] == ["1", '"未闭合', "2.00"]
    assert [(problem.code, problem.values) for problem in read.problems] == [  # type: ignore[attr-defined]
        ("StrayQuote", {"lines": "2"})
    ]


def test_ragged_rows_are_padded_and_blank_lines_keep_their_numbers() -> None:
    read = of("明细\n\n日期,金额,备注\n1,2\n3,4,5,6\n")
    assert rows(read) == [
        ["明细", None, None, None],
        ["日期", "金额", "备注", None],
        ["1", "2", None, None],
        ["3", "4", "5", "6"],
    ]
    assert lines(read) == [1, 3, 4, 5]


def test_numbers_that_a_spreadsheet_cut_are_noted() -> None:
    read = of("流水号,金额\n4.00002E+18,1.00\n6217002870012345678,2.00\n1.5E+3,3.00\n")
    assert [(note.kind, note.row, note.column, note.text) for note in grid(read).notes] == [
        (NoteKind.LOST_DIGITS, 2, 1, "4.00002E+18")
    ]


def test_an_empty_file_of_lines_has_no_rows() -> None:
    assert rows(of("\n\n")) == []


# --- large files ----------------------------------------------------------------------------------------------------


def both_ways(text: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ReadPages, ReadPages, bool]:
    """The same bytes read as a small file and as a large one; whether the engine read the large one."""
    path = folder / "流水 [10月].csv"
    path.write_bytes(text)
    small = delimited.read_file(path)
    by_engine = []

    def watched(*arguments: object) -> object:
        by_engine.append(original(*arguments))  # type: ignore[arg-type]
        return by_engine[-1]

    original = bulk.read_bulk
    monkeypatch.setattr(delimited, "read_bulk", watched)
    monkeypatch.setattr(delimited, "LARGE", 0)
    large = delimited.read_file(path)
    return small, large, by_engine[-1] is not None


LONG = "".join(f"2026-10-{1 + n % 31:02d},深圳市恒昌电子有限公司{n},{n}.00\n" for n in range(2000))


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("日期,对方户名,金额\n" + LONG, True),
        (("日期,对方户名,金额\n" + LONG).replace("\n", "\r\n"), True),
        ("标题\n\n账号,6217\n日期,对方户名,金额\n" + LONG + "\n合计,2000\n", True),
        ("\n\n标题\n\n账号,6217\n\n日期,对方户名,金额\n" + LONG, True),
        ("标题\r\n账号,6217\r\n\r\n日期,对方户名,金额\r\n" + LONG.replace("\n", "\r\n") + "\r\n", True),
        ("日期,对方户名,金额\n" + LONG + "1,,\n,,\n,,3\n" + LONG, True),
        ("日期,对方户名,金额\n" + LONG + "1,甲\r乙,3\n" + LONG, False),
        ("日期,对方户名,金额\n" + LONG + "1,甲,3\n\r\r\n" + LONG, False),
        ('日期,对方户名,金额\n1,"1,234.00","两\n行"\n' + LONG, True),
        (('日期,对方户名,金额\n' + LONG + '1,"1,234.00","两\n行"\n' + LONG).replace("\n", "\r\n"), True),
        ("日期,对方户名,金额\n" + LONG + LONG.rstrip("\n"), True),
        ("日期,对方户名,金额\n" + LONG + "1,2,3,4,5,6\n" + LONG, False),
        ("日期,对方户名,金额\n" + LONG + '1,"未闭合,3\n' + LONG, False),
        ("日期,对方户名,金额\n" + LONG + '1,"引"号,3\n' + LONG, False),
        ("日期,对方户名,金额\n" + LONG + '5" 管,2,3\n6" 管,2,3\n' + LONG, False),
        ("日期,对方户名,金额\n" + LONG.replace("\n", "\r\n") + LONG, True),
        (("日期,对方户名,金额\n" + LONG).replace("\n", "\r"), False),
    ],
    ids=[
        "plain", "crlf", "preamble and footer", "preamble", "preamble in crlf", "empty cells", "return in a cell",
        "a line of returns", "line break in quotes", "crlf in quotes", "no end of line", "wider row",
        "open quote", "quote inside", "inches", "mixed line ends", "carriage returns",
    ],
)  # fmt: skip
def test_large_files_read_as_small_ones(
    text: str, engine: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large, by_engine = both_ways(text.encode(), tmp_path, monkeypatch)
    assert rows(large) == rows(small)
    assert lines(large) == lines(small)
    assert [str(problem) for problem in large.problems] == [str(problem) for problem in small.problems]
    assert by_engine is engine


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-le", "utf-8-sig"])
def test_large_files_in_other_encodings(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ("日期,对方户名,金额\n" + LONG).encode(encoding)
    small, large, by_engine = both_ways(data, tmp_path, monkeypatch)
    assert rows(large) == rows(small)
    assert rows(large)[0] == HEADER
    assert by_engine


def test_large_file_with_a_cut_character(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ("日期,对方户名,金额\n" + LONG).encode("gbk") + b"1,\xba,3\n"
    small, large, _ = both_ways(data, tmp_path, monkeypatch)
    assert rows(large)[-1] == rows(small)[-1] == ["1", "�", "3"]
    assert [str(problem) for problem in large.problems] == [str(problem) for problem in small.problems]


cells = st.text(st.sampled_from('a1 ,;"\n\t.户`=\r'), max_size=6)


def written(table: list[list[str]]) -> str:
    """As a careful program writes it: quoted where it must be."""
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if set(cell) & set('",\n\r') or cell[:1] == " " else cell for cell in row]
        for row in table
    ]
    return "".join(",".join(row) + "\n" for row in quoted)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=8))
def test_what_is_written_is_read_and_the_byte_count_agrees(table: list[list[str]]) -> None:
    text = written(table)
    found = list(records(split_lines(text), ","))
    assert [cells for _, cells, _ in found] == [[cell.replace("\r\n", "\n") for cell in row] for row in table]
    physical = bulk.physical_records(text.encode())
    assert physical is not None
    assert physical.starts.tolist() == [line for line, _, _ in found]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("a1,,\n\n\t.户\r"), max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_what_has_no_quotes_is_read_in_bulk_as_record_by_record_or_not_at_all(text: str, end: str) -> None:
    text = text.replace("\n", end)
    data = text.encode()
    expected = list(records(split_lines(text), ","))
    width = max((len(cells) for _, cells, _ in expected), default=1)
    found = plain.read_plain(data, ",", width)
    physical = bulk.physical_records(data)
    assert physical is not None
    if found is not None and found.num_rows == len(physical.starts):
        assert [[cell or "" for cell in row.values()] for row in found.to_pylist()] == [
            cells + [""] * (width - len(cells)) for _, cells, _ in expected
        ]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_real_exports() -> None:
    icbc = delimited.read((CORPUS / "icbc-debit.csv").read_bytes())
    assert [line for line, row in zip(lines(icbc), rows(icbc), strict=True) if "".join(row[0] or "")[:2] == "20"][:3] \
        == [8, 9, 10]  # fmt: skip
    assert rows(icbc)[lines(icbc).index(8)][:2] == ["2023-05-02     \t", "消费                \t"]
    alipay = delimited.read((CORPUS / "alipay.csv").read_bytes())
    assert lines(alipay)[-1] == 35
    assert rows(alipay)[lines(alipay).index(27)][5:7] == ["支出                  ", "20.00               "]
    securities = delimited.read((CORPUS / "securities-cash.xls").read_bytes())
    assert rows(securities)[0][:3] == ['="交收日期"', '="成交时间"', '="业务名称"']
    assert len(rows(securities)) == 14
    assert rows(securities)[13][:3] == ['="20250404"', '="00:00:00"', '="红利入账"']
