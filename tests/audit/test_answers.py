"""The line that a question prints answers it when it is pasted as it stands, whatever the file is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import auditor
from auditor.audit.documents import read_paths
from auditor.audit.errors import NothingToRead
from auditor.documents.model import ReadDocument, Status

DAYS = "Date,Summary,Debit,Credit,Balance\n03/04/2026,rent,10.00,,90.00\n05/04/2026,post,,20.00,110.00\n"
SIDES = "交易日期,摘要,金额\n2026-04-03,房租,10.00\n2026-04-05,邮费,20.00\n"
MARKS = 'Date,Summary,Debit,Credit\n2026-04-03,rent,"1.234",\n2026-04-05,post,,"5.500"\n'
COINS = "Date,Summary,Debit,Credit\n2026-04-03,rent,USD 10.00,\n2026-04-05,post,,EUR 20.00\n2026-04-06,fee,3.00,\n"
NAMES = [
    "export.csv",
    "Bank exports/Main account (2).csv",
    "网银 导出/建行 一般户.csv",
    "o'brien/say [1] *twice*.csv",
    "a: #b/{c} & d, 50%.csv",
]


def asked(documents: list[ReadDocument], language: str) -> list[str]:
    told = "\n".join(problem.message(language) for each in documents for problem in each.problems)
    return re.findall(r"`(- \{path: .*?\})`", told)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", [DAYS, SIDES, MARKS, COINS])
@pytest.mark.parametrize("name", NAMES)
def test_a_printed_line_pasted_below_documents_answers(tmp_path: Path, name: str, text: str, language: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    settings = tmp_path / "audit.yaml"
    settings.write_text("entity: Oak & Ash Ltd\ndocuments:\n", encoding="utf-8")  # as `auditor init` leaves it
    lines = list(dict.fromkeys(asked(read_paths([path], (), workers=0), language)))
    assert len(lines) == 1
    settings.write_text(settings.read_text(encoding="utf-8") + lines[0] + "\n", encoding="utf-8")
    (document,) = read_paths([path], (), workers=0)
    assert document.status is Status.READ, document.problems
    result = auditor.run(tmp_path, workers=0, at="2026-05-02T09:00:00+08:00").result
    assert {each.path: each.status for each in result.documents}[name] == "read"


def test_a_folder_whose_documents_only_ask_tells_what_they_ask(tmp_path: Path) -> None:
    (tmp_path / "流水 四月.csv").write_text(SIDES, encoding="utf-8")
    with pytest.raises(NothingToRead) as raised:
        auditor.run(tmp_path, workers=0, at="2026-05-02T09:00:00+08:00")
    for language in ("en", "zh"):
        said = raised.value.message(language)
        assert '- {path: "流水 四月.csv", sign: in_positive}' in said
        assert said.count("sign: in_positive") == 1
