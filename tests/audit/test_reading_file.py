"""Where the answers of a company are found, that they are no document, and what an audit says of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import auditor
from auditor.audit.errors import NoReadings
from auditor.audit.setup import set_up, setup_for
from auditor.reports.findings_json import as_data

ANSWER = "tables:\n  - headers: [品名, 单价]\n    ignore: 价目表\n"
REGISTER = """\
清单号,日期,站点,客户,服务商,运单号,件数,实重,计费重,金额,联络单号
SH26-004348,2026-10-16,A,甲公司,顺途速运,ST2610000120,4,9.5,10,1999.40,
"""


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def shown(folder: Path) -> str | None:
    found = set_up(folder).reading
    return found.shown if found.sha256 else None


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    folder = put(tmp_path, {"甲/2026/10月/register.csv": REGISTER}) / "甲/2026/10月"
    assert shown(folder) is None
    put(tmp_path, {"reading.yaml": ANSWER})
    assert shown(folder) == "../../../reading.yaml"
    put(tmp_path / "甲", {"reading.yaml": ANSWER})
    assert shown(folder) == "../../reading.yaml"
    put(folder, {"reading.yaml": ANSWER})
    assert shown(folder) == "reading.yaml"
    put(folder, {"audit.yaml": "reading: ../../answers.yaml\n"})
    put(tmp_path / "甲", {"answers.yaml": ANSWER})
    assert shown(folder) == "../../answers.yaml"


def test_four_levels_above_is_another_company(tmp_path: Path) -> None:
    put(tmp_path, {"reading.yaml": ANSWER, "a/b/c/d/register.csv": REGISTER})
    assert shown(tmp_path / "a/b/c/d") is None


def test_a_single_file_is_read_by_the_answers_near_it(tmp_path: Path) -> None:
    put(tmp_path, {"10月/reading.yaml": ANSWER, "10月/网点/register.csv": REGISTER})
    assert len(setup_for(tmp_path / "10月/网点/register.csv").reading.readings.entries) == 1


def test_a_named_file_must_be_there_but_for_the_first_answer(tmp_path: Path) -> None:
    put(tmp_path, {"月/audit.yaml": "reading: ../reading.yaml\n"})
    with pytest.raises(NoReadings) as raised:
        set_up(tmp_path / "月")
    assert str(raised.value.place) == "audit.yaml:1:10"
    assert set_up(tmp_path / "月", new_readings=True).reading.path == tmp_path / "月/../reading.yaml"


def test_an_audit_names_its_answers_and_reads_them_as_no_document(tmp_path: Path) -> None:
    put(tmp_path, {"register.csv": REGISTER, "reading.yaml": ANSWER})
    result = auditor.run(tmp_path, workers=0, at="2026-11-02T09:00:00+08:00").result
    data = as_data(result)
    digest = hashlib.sha256(ANSWER.encode()).hexdigest()
    assert data["audit"]["reading"] == {"file": "reading.yaml", "sha256": digest}
    assert {each["path"]: each["status"] for each in data["documents"]}["reading.yaml"] == "ignored"
    remark = "answers of reading.yaml that no table of this folder asks for: 2 (品名、单价)"
    assert remark in [each["en"] for each in data["audit"]["remarks"]]
    assert result.exit_code != 2


def test_a_wrong_answer_is_a_problem_of_the_audit(tmp_path: Path) -> None:
    put(tmp_path, {"register.csv": REGISTER, "reading.yaml": ANSWER + "  - headers: [票]\n    record: bils\n"})
    result = auditor.run(tmp_path, workers=0, at="2026-11-02T09:00:00+08:00").result
    assert [each["place"] for each in result.problems] == ["reading.yaml:5:13"]
    assert result.exit_code == 2
