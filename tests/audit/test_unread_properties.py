"""Whatever else lies in a folder changes no exception, and what is taken out of it makes no rule clean."""

from __future__ import annotations

import random
import shutil
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import auditor
from auditor.findings.model import AuditResult

FEW = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])

MONTH = {
    "银行/网银-工行.csv": """\
账号：4000123412341234567,,,,,,
交易日期,流水号,摘要,对方户名,收入金额,支出金额,余额
2026-10-08,S1,货款,甬泰电子有限公司,1000.00,,11000.00
2026-10-09,S2,手续费,,,35.00,10965.00
2026-10-12,S3,运费,飞驰物流有限公司,,500.00,10465.00
""",
    "银行/银行日记账.csv": """\
日期,凭证号,摘要,对方单位,收入,支出,余额
2026-10-08,银-1,货款,甬泰电子有限公司,1000.00,,11000.00
2026-10-12,银-2,运费,飞驰物流有限公司,,500.00,10500.00
2026-10-14,银-3,报关费,远航报关行,,1288.00,9212.00
""",
    "现金/现金日记账.csv": """\
日期,凭证号,摘要,借方,贷方,余额,单据号
2026-10-01,,上月结余,,,1000.00,
2026-10-08,现-1,收运费,100.00,,1100.00,收据0003101
2026-10-09,现-2,付快递费,,20.00,1180.00,BX2610-001
2026-10-12,现-3,收运费,250.00,,1430.00,收据0003103
""",
    "现金/收据明细.csv": """\
收据编号,收款日期,交款单位,收款事由,金额,收款方式
0003101,2026-10-08,甬泰,运费,100.00,现金
0003102,2026-10-09,恒昌,运费,80.00,现金
0003103,2026-10-12,恒昌,运费,240.00,现金
""",
    "清单/收货清单-1008.csv": """\
清单号,日期,网点,客户,件数,计费重,金额
SH26-004001,2026-10-08,宝安,甬泰,1,2.00,30.00
SH26-004002,2026-10-08,宝安,恒昌,2,3.00,45.00
""",
    "清单/收货清单-1009.csv": """\
清单号,日期,网点,客户,件数,计费重,金额
SH26-004003,2026-10-09,宝安,甬泰,1,2.00,30.00
SH26-004004,2026-10-09,宝安,恒昌,4,6.00,90.00
""",
    "清单/统计报表.csv": """\
日期,网点,客户,清单号,联络单号,件数,计费重,金额
2026-10-08,宝安,甬泰,SH26-004001,,1,2.00,30.00
2026-10-08,宝安,恒昌,SH26-004002,,3,3.00,45.00
2026-10-09,宝安,甬泰,SH26-004003,,1,2.00,30.00
2026-10-10,宝安,恒昌,SH26-004005,,4,6.00,90.00
""",
}
FOLDERS = sorted({name.partition("/")[0] for name in MONTH} | {"", "别的"})


def written(folder: Path) -> Path:
    for name, text in MONTH.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(folder: Path) -> AuditResult:
    return auditor.run(folder, period="2026-10", workers=0).result


def exceptions(result: AuditResult) -> list[tuple[object, ...]]:
    return [(f.id, f.code, f.key, f.difference, f.amount, f.status, f.derived_from) for f in result.findings]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def audited(month: Path) -> AuditResult:
    result = run(month)
    assert {f.code for f in result.findings} >= {"BNK-01", "BNK-02", "REG-01", "REG-02", "REG-03", "RCT-06", "CSH-10"}
    return result


def photo(seed: int) -> tuple[str, bytes]:
    """A picture of noise as PNG."""
    noise, side = random.Random(seed), 24
    rows = b"".join(b"\0" + noise.randbytes(side * 3) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return f"IMG_{seed}.png", b"\x89PNG\r\n\x1a\n" + body


def note(seed: int) -> tuple[str, bytes]:
    """Something of a format that nobody reads, or a text."""
    noise = random.Random(seed)
    kind = noise.choice([".docx", ".doc", ".heic", ".exe", ".txt", ".md"])
    words = " ".join(noise.choice(["下周", "call", "房东", "寄快递", "1288", "lunch", "周五"]) for _ in range(9))
    return f"便条{seed}{kind}", words.encode() if kind in (".txt", ".md") else noise.randbytes(600)


def foreign_table(seed: int) -> tuple[str, bytes]:
    """A table of something else, in which amounts of the month may stand."""
    noise = random.Random(seed)
    headers = noise.sample(["项目", "预算", "Room", "体温", "Species", "座位", "Score", "楼层"], 3)
    values = ["1288.00", "35", "空调", "500.00", "B-12", "2026-10-14", "36.5", "Ann", "240.00"]
    rows = [",".join(noise.choice(values) for _ in headers) for _ in range(noise.randint(2, 6))]
    return f"杂{seed}.csv", ("\n".join([",".join(headers), *rows]) + "\n").encode()


@FEW
@given(
    seed=st.integers(0, 9999),
    kind=st.sampled_from([photo, note, foreign_table]),
    folder=st.sampled_from(FOLDERS),
)
def test_a_note_a_photo_or_a_foreign_table_changes_no_exception(
    month: Path, audited: AuditResult, tmp_path_factory: pytest.TempPathFactory, seed: int, kind: object, folder: str
) -> None:
    name, data = kind(seed)  # type: ignore[operator]
    copy = tmp_path_factory.mktemp("more") / "month"
    shutil.copytree(month, copy)
    (copy / folder).mkdir(exist_ok=True)
    (copy / folder / name).write_bytes(data)
    result = run(copy)
    assert exceptions(result) == exceptions(audited)
    assert [(each.id, each.status) for each in result.rules] == [(each.id, each.status) for each in audited.rules]


@pytest.mark.parametrize("name", sorted(MONTH))
def test_taking_a_document_out_makes_no_rule_clean_that_found_something(
    month: Path, audited: AuditResult, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "month"
    shutil.copytree(month, copy)
    (copy / name).unlink()
    found = {each.id for each in audited.rules if each.status == "findings"}
    assert {each.id for each in run(copy).rules if each.status == "clean"}.isdisjoint(found)


@pytest.mark.parametrize("name", sorted(MONTH))
def test_a_document_that_is_broken_hides_nothing_more_than_one_that_is_not_there(
    month: Path, tmp_path: Path, name: str
) -> None:
    """And every absence that it may hold names it."""
    without, broken = tmp_path / "without", tmp_path / "broken"
    for copy in (without, broken):
        shutil.copytree(month, copy)
    (without / name).unlink()
    (broken / name).write_bytes(bytes(4096))
    one, other = run(without), run(broken)
    assert exceptions(other) == exceptions(one)
    assert {path for each in other.findings for path in each.may_be_in} <= {name}
