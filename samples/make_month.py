"""Writes the sample month: `python samples/make_month.py --out FOLDER`. See `--help` for what can be set."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from houses.registry import HOUSES, house_documents
from month.before import documents_before, month_before
from month.plants import choose, plants
from month.settings import Order, Settings
from month.write import documents, write_folder
from month.write.scans import Scans, with_scans

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Reads the command line, writes the month, says how many documents there are. Returns the exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.list:
        for each in {plant.name: plant for plant in plants()}.values():
            print(f"{each.name:15}{each.what}")
        return 0
    try:
        settings = _settings(given)
    except ValueError as error:
        parser.error(str(error))
    company = "jieyuan" if given.house is None else given.house
    month = month_before(settings).period if given.before else "2026-10"
    out = given.out or HERE / f"{company}-{month}"
    if given.before:
        settings, files = month_before(settings), documents_before(settings)
    elif given.house is None:
        files = documents(settings)
    else:
        files, truth = house_documents(given.house, settings)
        target = given.truth or out.with_name(f"{out.name}.truth")
        for name, data in truth.items():
            target.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
    if given.scans is not Scans.NONE and given.out is None and given.house is None:
        parser.error("--scans needs --out: the sample itself has none")
    write_folder(with_scans(files, given.scans), out)
    print(f"{out}: {len(files)} documents, {settings.period}, {len(settings.plants)} plants")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Writes the sample month of a freight forwarder. The same settings give the same bytes."
    )
    parser.add_argument(
        "--out", type=Path, default=None, help="the folder to write (default: the sample's, or one of the house's name)"
    )
    parser.add_argument(
        "--house",
        choices=list(HOUSES),
        default=None,
        help="write the month as another company would: same facts, other words, forms and layouts",
    )
    parser.add_argument(
        "--truth",
        type=Path,
        default=None,
        help="where a house's truth goes: readings.csv, what each table is; expected.csv, what must be found; "
        "words.csv, the house's words for names and choices (default: OUT.truth)",
    )
    parser.add_argument(
        "--plant",
        default="all",
        help="what is wrong in it: all, none, or codes like REG-03,BNK-07 (default: %(default)s)",
    )
    parser.add_argument(
        "--before",
        action="store_true",
        help="write the small month before it, which closes on what this one opens with",
    )
    parser.add_argument("--list", action="store_true", help="list what can be planted, and stop")
    parser.add_argument(
        "--volume",
        type=int,
        default=1,
        help="measures of 420 slips; further ones have nothing wrong (default: %(default)s)",
    )
    parser.add_argument(
        "--order",
        type=Order,
        choices=list(Order),
        default=Order.NATURAL,
        help="order of rows and files (default: %(default)s)",
    )
    parser.add_argument(
        "--scans",
        type=Scans,
        choices=list(Scans),
        nargs="?",
        const=Scans.SOME,
        default=Scans.NONE,
        help="slips and receipts as scans: some (a book of receipts and a day's slips), all, heavy (all, and badly)",
    )
    parser.add_argument("--company", default=Settings.company, help="the company's name")
    parser.add_argument("--tax-id", default=Settings.tax_id, help="the company's tax number")
    parser.add_argument("--month", default="2026-10", help="the month, as 2026-10 (default: %(default)s)")
    parser.add_argument(
        "--closed", default=None, help="public holidays of the month, as 1-7 or 1,2,3 (2026-10 has its own)"
    )
    parser.add_argument(
        "--make-up", default=None, help="Saturdays and Sundays of the month on which offices work, as 10"
    )
    parser.add_argument(
        "--slip-prefix",
        default=Settings.slip_letters,
        help="letters before the year in slip numbers (default: %(default)s)",
    )
    parser.add_argument(
        "--slip-width", type=int, default=Settings.slip_width, help="figures of a slip number (default: %(default)s)"
    )
    parser.add_argument(
        "--receipt-width",
        type=int,
        default=Settings.receipt_width,
        help="figures of a receipt number (default: %(default)s)",
    )
    return parser


def _settings(given: argparse.Namespace) -> Settings:
    year, _, month = given.month.partition("-")
    own = given.month == "2026-10"
    closed = Settings.closed if given.closed is None and own else _days(given.closed or "")
    make_up = Settings.make_up if given.make_up is None and own else _days(given.make_up or "")
    return Settings(
        company=given.company,
        tax_id=given.tax_id,
        year=int(year),
        month=int(month),
        closed=closed,
        make_up=make_up,
        slip_letters=given.slip_prefix,
        slip_width=given.slip_width,
        receipt_width=given.receipt_width,
        volume=given.volume,
        order=given.order,
        plants=choose(word.strip() for word in given.plant.split(",")),
    )


def _days(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        days |= set(range(int(first), int(last or first) + 1))
    return frozenset(days)


if __name__ == "__main__":
    sys.exit(main())
