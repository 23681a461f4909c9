"""The whole audit of two CSV files of 1,000,000 rows with 0.1 % planted differences: its memory, its time, its answer.

    python benchmarks/audit_million.py [--records 1000000] [--bound 2048] [--keep FOLDER]

`auditor run` is started as a user starts it, on a folder with the slips and the statistics register of a month. Its
findings must be exactly what was planted, and all its processes together must stay under 2 GiB of resident memory. The
time is compared with a bare DuckDB script that reads both files and joins them, which types nothing, proves nothing,
writes no report and keeps no record.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent))

from common import ROOT, peak_memory

BOUND = 2048  # MB of resident memory, of all processes together
PARTIES = "往来单位.csv"
SLIPS, REGISTER = "01收货清单/收货清单2026-10.csv", "03统计报表/统计报表2026-10.csv"
Planted = set[tuple[str, str, str | None]]  # code, key, difference

# What both files say of ticket number i.
TICKETS = """
CREATE VIEW ticket AS
SELECT i,
       'SH26-' || lpad(CAST(i AS VARCHAR), 7, '0') AS slip_no,
       'YT2610' || lpad(CAST(i * 104729 % {modulus} AS VARCHAR), 8, '0') AS waybill_no,
       DATE '2026-10-01' + CAST(i % 31 AS INTEGER) AS date,
       chr(65 + CAST(i % 4 AS INTEGER)) AS station,
       ['恒昌电子', '百利塑胶', '雅织服饰', '顺锦家居', '天域照明', '澜沁卫浴', '云驰跨境'][1 + i % 7]
           || i % 97 || '有限公司' AS customer,
       ['顺途速运', '中外联航空货运', '宏海船务'][1 + i % 3] AS provider,
       1 + i % 9 AS pieces,
       CAST(10 + i * 37 % 400 AS DECIMAL(12,1)) / 2 AS weight,
       CAST(1000 + i * 7919 % 1000003 AS DECIMAL(14,2)) / 100 AS amount,
       ['月结', '现付', '到付'][1 + i % 3] AS pay_mode
FROM range({records}) t(i)
"""
COLUMNS = """
date AS 日期, slip_no AS 清单号, waybill_no AS 运单号, station AS 站点, customer AS 客户, provider AS 服务商,
pieces{pieces} AS 件数, CAST(weight AS DECIMAL(12,1)) AS 计费重, CAST(amount{amount} AS DECIMAL(14,2)) AS 合计,
pay_mode AS 付款方式
"""
# Whom the files name; without it every name would be an unknown one.
KNOWN = """
SELECT row_number() OVER (ORDER BY kind, name) AS 客户代码, name AS 名称, kind AS 类别 FROM (
    SELECT DISTINCT customer AS name, '客户' AS kind FROM ticket UNION SELECT DISTINCT provider, '服务商' FROM ticket)
"""
# Of each 4,000 tickets one is in the register only, one a slip only, one has a wrong amount, one wrong pieces.
EVERY = 4000
NO_SLIP, NOT_REGISTERED, AMOUNT, PIECES = 11, 1513, 2017, 3019


def write_files(folder: Path, records: int) -> Planted:
    """The two CSV files, and what must be found in them."""
    connection = duckdb.connect()
    modulus = next(n for n in range(max(records, 2), records + 1000) if n % 104729)
    connection.execute(TICKETS.format(records=records, modulus=modulus))
    slips = COLUMNS.format(pieces="", amount="")
    register = COLUMNS.format(
        pieces=f" + CAST(i % {EVERY} = {PIECES} AS INTEGER) * 3",
        amount=f" + CAST(i % {EVERY} = {AMOUNT} AS INTEGER) * 90",
    )
    for name, columns, left_out in (
        (SLIPS, slips, NO_SLIP),
        (REGISTER, f"{register}, NULL AS 联络单号", NOT_REGISTERED),
    ):
        (folder / name).parent.mkdir(parents=True)
        connection.execute(
            f"COPY (SELECT {columns} FROM ticket WHERE i % {EVERY} <> {left_out} ORDER BY i) "
            f"TO '{folder / name}' (HEADER, DELIMITER ',')"
        )
    connection.execute(f"COPY ({KNOWN}) TO '{folder / PARTIES}' (HEADER, DELIMITER ',')")
    (folder / "audit.yaml").write_text("period: 2026-10\n", encoding="utf-8")
    rows = connection.execute(
        f"SELECT i % {EVERY}, slip_no, CAST(CAST(amount AS DECIMAL(14,2)) AS VARCHAR) FROM ticket "
        f"WHERE i % {EVERY} IN ({NO_SLIP}, {NOT_REGISTERED}, {AMOUNT}, {PIECES})"
    ).fetchall()
    return {_exception(kind, key, amount) for kind, key, amount in rows}


def _exception(kind: int, key: str, amount: str) -> tuple[str, str, str | None]:
    """What must be found where ticket `key` was changed in one of the four ways."""
    if kind == NO_SLIP:
        return "REG-01", key, amount
    if kind == NOT_REGISTERED:
        return "REG-02", key, f"-{amount}"
    return ("REG-03", f"{key}/合计", "90.00") if kind == AMOUNT else ("REG-03", f"{key}/件数", "3")


def audit(folder: Path, output: Path) -> tuple[float, int]:
    """Seconds and the peak of resident memory in bytes of `auditor run`."""
    command = [sys.executable, "-m", "auditor", "run", str(folder), "-o", str(output), "--lang", "en"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = peak_memory(process)
    assert process.stderr is not None
    words = process.stderr.read()
    if process.returncode != 1:
        raise SystemExit(f"auditor run ended with {process.returncode}:\n{words}")
    return time.perf_counter() - start, peak


def found(output: Path) -> Planted:
    """The open findings of findings.json."""
    findings = json.loads((output / "findings.json").read_text(encoding="utf-8"))["findings"]
    return {(each["code"], each["key"], each["difference"]) for each in findings if each["status"] == "open"}


BARE = '''
import duckdb, sys
c = duckdb.connect()
c.execute("SET memory_limit = '1200MB'")
c.execute("SET enable_progress_bar = false")
left, right = (f"read_csv('{path}', all_varchar = true)" for path in sys.argv[1:3])
fields = ["日期", "站点", "客户", "服务商", "件数", "计费重", "合计", "付款方式"]
wrong = " OR ".join(f"l.{f} IS DISTINCT FROM r.{f}" for f in fields)
both = ", ".join(f"l.{f}, r.{f}" for f in fields)
rows = c.execute(f"""
    SELECT l.清单号, r.清单号, {both} FROM {left} l FULL JOIN {right} r ON l.清单号 = r.清单号 AND l.运单号 = r.运单号
    WHERE l.清单号 IS NULL OR r.清单号 IS NULL OR {wrong}""").fetchall()
print(len(rows))
'''


def bare(folder: Path, expected: int) -> float:
    """Seconds of a script that reads both files and joins them on the two numbers."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", BARE, str(folder / SLIPS), str(folder / REGISTER)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == expected, (done.stdout, expected)
    return time.perf_counter() - start


@contextmanager
def workplace(keep: Path | None) -> Iterator[Path]:
    """A folder for the files: a temporary one, or `keep`, emptied first."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="audit-million-") as folder:
            yield Path(folder)
        return
    shutil.rmtree(keep, ignore_errors=True)
    keep.mkdir(parents=True)
    yield keep


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--bound", type=int, default=BOUND, help="MB of resident memory that all processes may have")
    parser.add_argument("--keep", type=Path, help="a folder for the files, which stay there")
    arguments = parser.parse_args()
    with workplace(arguments.keep) as folder:
        planted = write_files(folder / "month", arguments.records)
        size = sum((folder / "month" / name).stat().st_size for name in (SLIPS, REGISTER)) >> 20
        seconds, peak = audit(folder / "month", folder / "out")
        findings = found(folder / "out")
        base = bare(folder / "month", len(planted))
    missing, extra = sorted(planted - findings), sorted(findings - planted, key=str)
    exact = "yes" if not missing and not extra else f"no: {missing[:5]} missing, {extra[:5]} too many"
    print(f"2 CSV files of {arguments.records:,} rows, {size} MB, {len(planted)} differences planted")
    print(f"found exactly what was planted: {exact}")
    print(f"memory  {peak >> 20:6} MB  all processes together, at the most (wanted: less than {arguments.bound})")
    print(f"time    {seconds:6.1f} s   the bare join of both files {base:.1f} s, ratio {seconds / base:.1f}")
    return 0 if not missing and not extra and peak >> 20 < arguments.bound else 1


if __name__ == "__main__":
    sys.exit(main())
