"""CSV and xlsx of many rows to typed records, against DuckDB's own CSV reader and calamine alone.

    python benchmarks/typed_records.py [ROWS]

Prints one ratio for each format. A CSV export of bank transactions (8 columns) and the same as xlsx are written once
into a temporary folder; every measurement runs in a process of its own, and the best of each side counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
REPEATS = 3
HEADERS = ["交易日期", "流水号", "收入金额", "支出金额", "余额", "对方户名", "摘要", "用途"]


def write_csv(path: Path, rows: int) -> None:
    """Bank transactions without random numbers, with a running balance that holds."""
    balance = 10_000_000
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADERS) + "\n")
        for i in range(rows):
            income = (i * 7919) % 100_000 if i % 3 == 0 else 0
            spent = 0 if income else (i * 104_729) % 45_000
            balance += income - spent
            day = f"2026-{1 + i * 12 // rows:02d}-{1 + i % 28:02d}"
            cells = (
                day,
                f"6222{i:012d}",
                _yuan(income) if income else "",
                _yuan(spent) if not income else "",
                _yuan(balance),
                f"客户{i % 1000}有限公司",
                f"摘要{i % 50}",
                f"货款{i % 777}",
            )
            file.write(",".join(cells) + "\n")


def write_xlsx(source: Path, path: Path) -> None:
    """The same rows as a workbook; amounts are numbers, as banks write them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("流水")
    with source.open(encoding="utf-8") as file:
        for row, line in enumerate(file):
            for column, cell in enumerate(line.rstrip("\n").split(",")):
                if row and column in (2, 3, 4):
                    if cell:
                        sheet.write_number(row, column, _cell_number(cell))
                else:
                    sheet.write_string(row, column, cell)
    book.close()


def _cell_number(text: str) -> float:
    """A number as xlsx stores it; this is how the test file is written, nothing is computed with it."""
    return float(text)


def _yuan(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def measure(side: str, path: Path) -> None:
    """One measurement, in this process; prints the seconds."""
    if side == "duckdb":
        import duckdb

        connection = duckdb.connect()
        start = time.perf_counter()
        connection.execute("CREATE TABLE t AS FROM read_csv(?)", [str(path)])
        count = connection.execute("SELECT count(*) FROM t").fetchall()[0][0]
    elif side == "calamine":
        from python_calamine import CalamineWorkbook

        start = time.perf_counter()
        book = CalamineWorkbook.from_path(str(path))
        count = len(book.get_sheet_by_index(0).to_python()) - 1
    else:
        from auditor.documents.collect import document_at, document_of
        from auditor.documents.read import read_document

        # modules, record types and the connection are there before the clock starts, as they are for DuckDB
        small = ",".join(HEADERS) + "\n" + "2026-10-08,1,1.00,,1.00,甲,乙,丙\n"
        read_document(document_of(small.encode(), "small.csv"))
        source = document_at(path)
        start = time.perf_counter()
        count = read_document(source).counts["bank_transaction"]
    print(f"{time.perf_counter() - start:.3f} {count}")


def best(side: str, path: Path) -> tuple[float, int]:
    """The best time of several, each in a new process, and the number of rows."""
    from auditor.documents.worker_process import ENVIRONMENT

    found = []
    for _ in range(REPEATS):
        command = [sys.executable, __file__, side, str(path)]
        surroundings = {**ENVIRONMENT, **os.environ}  # those of the processes that read an audit's documents
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
        seconds, count = done.stdout.split()
        found.append((float(seconds), int(count)))
    return min(found)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="auditor-benchmark-") as folder:
        csv, xlsx = Path(folder) / "bank.csv", Path(folder) / "bank.xlsx"
        write_csv(csv, rows)
        write_xlsx(csv, xlsx)
        for other, path in (("duckdb", csv), ("calamine", xlsx)):
            (theirs, counted), (ours, records) = best(other, path), best("auditor", path)
            if counted != records:
                raise SystemExit(f"{path.name}: {other} reads {counted} rows, auditor {records} records")
            print(
                f"{path.suffix[1:]}: {rows:,} rows, auditor {ours:.2f} s, "
                f"{other} {theirs:.2f} s, ratio {ours / theirs:.2f}"
            )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    if len(sys.argv) == 3:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
