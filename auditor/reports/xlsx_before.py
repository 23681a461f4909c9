"""The sheet of what the period before left: its open exceptions, and opening against closing balances."""

from __future__ import annotations

from auditor.findings.carried_over import CarriedBalance, CarriedItem, CarriedOver
from auditor.languages import Text
from auditor.reports.figures import is_count
from auditor.reports.titles import key_of
from auditor.reports.words import words
from auditor.reports.xlsx_cells import LINED, TONES, Sheet

_GOOD = ("settled", "decided", "continues")
_TONE = {**dict.fromkeys(_GOOD, "good"), "found": "high", "differs": "high", "carried": "medium"}
_ITEMS = ("status", "severity", "code", "key", "title", "amount", "currency", "since", "age", "where")
_BALANCES = ("status", "kind", "account", "currency", "last_closing", "this_opening", "difference")


def before_sheet(sheet: Sheet, carried: CarriedOver) -> None:
    """The items, then the balances."""
    known = words()
    sheet.columns([18, 22, 14, 26, 40, 16, 14, 12, 10, 60])
    sheet.text(0, known.fill("from_before", first=carried.period[0], last=carried.period[1]), bold=True, font_size=14)
    sheet.next()
    sheet.text(0, known["from_before_note"], font_size=9)
    sheet.next()
    sheet.next()
    sheet.header([known[name] for name in _ITEMS], (5, 8))
    for item in carried.items:
        _item(sheet, item)
    sheet.heading(known["balances_before"])
    sheet.header([known[name] for name in _BALANCES], (4, 5, 6))
    for balance in carried.balances:
        _balance(sheet, balance)
    for said in _notes(carried):
        sheet.text(0, said, font_size=9)
        sheet.next()
    sheet.printed()


def _state(sheet: Sheet, state: str) -> None:
    title = words().of("carried_states", state)
    sheet.text(0, title, font_color=TONES[_TONE.get(state, "info")], bold=True, **LINED)


def _item(sheet: Sheet, item: CarriedItem) -> None:
    _state(sheet, item.state)
    decision = item.decision
    said = None
    if decision is not None:
        title = words().of("decisions", decision.state)
        rest = " ".join(text for text in decision.content[1:] if text)
        said = Text(f"{title.en} {rest}", f"{title.zh} {rest}")
    texts: tuple[Text | str, ...] = (words().of("severities", item.severity), item.code, key_of(item), item.title)
    for column, each in enumerate(texts, 1):
        sheet.text(column, each, **LINED)
    if is_count(item):
        sheet.count(5, item.amount, **LINED)
    else:
        sheet.money(5, item.amount, item.currency, **LINED)
    sheet.text(6, item.currency, **LINED)
    sheet.text(7, item.since, **LINED)
    sheet.count(8, item.age, **LINED)
    sheet.text(9, item.where or said, **LINED)
    sheet.next()


def _balance(sheet: Sheet, balance: CarriedBalance) -> None:
    _state(sheet, balance.state)
    for column, each in enumerate((balance.of, balance.name or balance.key, balance.currency), 1):
        sheet.text(column, each, **LINED)
    sheet.money(4, balance.closing, balance.currency, **LINED)
    sheet.money(5, balance.opening, balance.currency, **LINED)
    sheet.money(6, balance.difference, balance.currency, signed=True, **LINED)
    sheet.next()


def _notes(carried: CarriedOver) -> list[Text]:
    notes = [] if carried.database else [words()["no_database_before"]]
    return [*notes, words().fill("fed_before", n=carried.fed)] if carried.fed else notes
