"""The report on paper and on a phone, as a browser lays it out: nothing clipped, nothing printed over another text."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from fixture import result, text

from auditor.findings.model import AuditResult
from auditor.reports.html import report_html
from auditor.resources import reports_folder

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LONG = text(
    "Found in the export and not in the ledger, which the cashier entered by hand from slips, of the counted cash",
    "网银有、手工流水无，手工流水由出纳根据单据逐笔登记，盘点时现金已点清，请核对原始单据后补登",
)
PUNCTUATION = "（）：；，。、“”"


def hostile() -> AuditResult:
    """Long names beside long explanations, which have little room on paper."""
    whole = result()
    party = "中山市澜沁卫浴有限公司（原中山市小榄镇澜沁卫浴制品厂）"
    return replace(
        whole,
        findings=tuple(replace(each, explanation=LONG, party_name=party) for each in whole.findings),
        rules=tuple(replace(each, why=LONG) for each in whole.rules),
    )


def printed(tmp_path: Path, lang: str) -> list[Any]:
    """The pages of the report as the browser prints it."""
    (tmp_path / "report.html").write_text(report_html(hostile(), lang), encoding="utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'report.pdf'}"]
    subprocess.run([*command, (tmp_path / "report.html").as_uri()], check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        return [(page.width, [char for char in page.chars if char["text"].strip()]) for page in pdf.pages]


def overprinted(chars: list[dict[str, Any]]) -> list[str]:
    """Texts that stand on one another, but for punctuation, which Chinese sets closely."""
    lines = defaultdict(list)
    for char in chars:
        lines[round(char["top"] / 3)].append(char)
    found = []
    for at, line in lines.items():
        row = sorted([*line, *lines.get(at + 1, [])], key=lambda char: char["x0"])
        for one, other in pairwise(row):
            across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            wide, high = min(one["width"], other["width"]), min(one["height"], other["height"])
            if across > 0.5 * wide and down > 0.5 * high and not {one["text"], other["text"]} & {*PUNCTUATION}:
                found.append(one["text"] + other["text"])
    return found


@pytest.mark.skipif(BROWSER is None, reason="no browser to print with")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_clipped_or_overprinted(tmp_path: Path, lang: str) -> None:
    pages = printed(tmp_path, lang)
    whole = "".join(char["text"] for _, chars in pages for char in chars)
    sentence = re.sub(r"\s", "", LONG.in_(lang))
    assert whole.count(sentence[-12:]) >= 10  # explanations run to their end
    for width, chars in pages:
        assert overprinted(chars) == []
        assert [char["text"] for char in chars if char["x1"] > width - 20 or char["x0"] < 20] == []


def rules(media: str) -> str:
    """The style sheet's part for paper, or the rest."""
    style = (reports_folder() / "style.css").read_text(encoding="utf-8")
    at = style.index("@media print")
    return style[at:] if media == "print" else style[:at]


def test_running_text_wraps_on_paper() -> None:
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules("print")):
        names = {each.strip() for each in selectors.split(",")}
        if "white-space: nowrap" in body:
            assert not names & {"small", ".note", ".why", ".problem", "li", "p", "td", ".f-text", ".ledger .key"}


def test_what_scrolls_holds_its_hidden_labels() -> None:
    """A label placed absolutely in a box that scrolls makes the page wider than a phone, unless the box is placed."""
    assert re.search(r"\.wide \{[^}]*overflow-x: auto;[^}]*position: relative;", rules("screen"))
