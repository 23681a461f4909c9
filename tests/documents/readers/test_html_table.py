"""HTML tables: the `.xls` that is a web page."""

from __future__ import annotations

import pytest

from auditor.documents.collect import document_of
from auditor.documents.errors import TruncatedFile
from auditor.documents.pages import Grid
from auditor.documents.readers import html_table, read_document

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td{mso-number-format:"\\@"}</style></head>
<body><p>导出时间</p><table border=1><caption>对账单</caption>
<tr><td colspan=3>账号： 6217002870012345678</td></tr>
<tr><th rowspan=2>日期</th><th colspan=2>金额</th></tr><tr><th>借方</th><th>贷方</th></tr>
<tr style="display: none"><td>2026-10-08</td><td>1,000.00<td>&nbsp;
<tr><td>2026-10-09</td><td> 朱镕基 <br> 乙 </td><td><table><tr><td>内表</td></tr></table><script>x</script></td></tr>
</table></body></html>"""
ROWS = [
    ["账号： 6217002870012345678", None, None],
    ["日期", "金额", None],
    [None, "借方", "贷方"],
    ["2026-10-08", "1,000.00", None],
    ["2026-10-09", "朱镕基\n乙", None],
]


def grids(data: bytes) -> list[Grid]:
    found = []
    for page in html_table.read(data).pages:
        assert isinstance(page, Grid)
        found.append(page)
    return found


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_tables_whatever_the_charset_says(encoding: str) -> None:
    outer, inner = grids(PAGE.encode(encoding))
    assert (outer.name, outer.head(9)) == ("对账单", ROWS)
    assert outer.merges == ((1, 1, 1, 3), (2, 1, 3, 1), (2, 2, 2, 3))
    assert outer.hidden_rows == frozenset({4})
    assert (inner.number, inner.head(9)) == (2, [["内表"]])


def test_a_page_saved_as_one_file() -> None:
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\n"
        b"Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    import base64

    data += base64.encodebytes(PAGE.encode("gbk")) + b"\r\n--B--\r\n"
    read = read_document(document_of(data, "对账单.xls"))
    page = read.pages[0]
    assert isinstance(page, Grid)
    assert page.head(9) == ROWS


def test_a_page_without_tables_is_no_document() -> None:
    with pytest.raises(TruncatedFile, match=r"登录\.xls: the html file .*: no table with cells"):
        read_document(document_of("<html><body>请重新登录</body></html>".encode("gbk"), "登录.xls"))


def test_deep_unclosed_tags_cost_no_row() -> None:
    body = "".join(f"<tr><td><font><b>{number}</td></tr>" for number in range(3000))
    (grid,) = grids(f"<table>{body}</table>".encode())
    assert grid.table.column("c0").to_pylist() == [str(number) for number in range(3000)]


def test_spans_are_bounded() -> None:
    (grid,) = grids(b"<table><tr><td rowspan=999999999 colspan=99999>1</td></tr><tr><td>2</td></tr></table>")
    assert grid.rows == 2
    assert grid.merges == ((1, 1, 2, 16384),)
