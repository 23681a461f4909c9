"""The whole folder: all documents by path, in the order that is asked for, written to a place."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

from month.build import build_month
from month.days import Days
from month.records import Month
from month.settings import Order, Settings
from month.write.banks import bank_files
from month.write.billing import bill_files
from month.write.books import book_files
from month.write.closing import closing_files
from month.write.deliveries import delivery_files
from month.write.forms import form_files
from month.write.masters import master_files
from month.write.registers import freight_files, number_files
from month.write.slips import slip_files


def documents(settings: Settings, month: Month | None = None) -> dict[str, bytes]:
    """All documents of the month by their path in the folder."""
    days = Days(settings)
    month = month or build_month(settings)
    files = {
        **master_files(settings, days, month),
        **slip_files(settings, days, month),
        **freight_files(settings, month),
        **form_files(settings, month),
        **bill_files(settings, days, month),
        **bank_files(settings, days, month),
        **book_files(settings, days, month),
        **number_files(settings, month),
        **delivery_files(settings, month),
        **closing_files(settings, days, month),
        "audit.yaml": settings_file(settings),
    }
    return _renamed(settings.order, files)


def settings_file(settings: Settings, entity: str = "") -> bytes:
    """`audit.yaml` of the month, for the company or for an entity that is written otherwise."""
    return f"entity: {entity or settings.company}\nperiod: {settings.period}\ncurrency: CNY\n".encode()


def _renamed(order: Order, files: dict[str, bytes]) -> dict[str, bytes]:
    """In another order than the natural one, files get a number in front of their name by which they sort so."""
    if order is Order.NATURAL:
        return files
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(files):
        folders[path.rpartition("/")[0]].append(path)
    renamed = {}
    for folder, paths in folders.items():
        for place, path in enumerate(order.of(paths), start=1):
            name = path.rpartition("/")[2]
            renamed[path if not folder else f"{folder}/{place:03d}_{name}"] = files[path]
    return renamed


def write_folder(files: dict[str, bytes], folder: Path) -> None:
    """Writes documents into a folder by their paths.

    Subfolders of an earlier writing are replaced; other files at the top, such as a README, stay.
    """
    for name in {path.partition("/")[0] for path in files if "/" in path}:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
