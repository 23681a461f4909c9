"""Pages to the record of a receipt or an invoice, where arithmetic or a title claims them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.documents.context import Context
from auditor.documents.forms.records import FormRecord, FormValue, made_value
from auditor.documents.forms.typed import FormResult, type_forms
from auditor.documents.pages import Box, WordPage
from auditor.documents.papers.printed_lines import printed_lines
from auditor.documents.sale_papers.figures import Figure, SaleLine, figures_of, sale_lines
from auditor.documents.sale_papers.items import goods_of, is_narrow, line_records
from auditor.documents.sale_papers.labels import sale_labels
from auditor.documents.sale_papers.naming import buyer_of, currency_of, day_of, in_the_states, number_of, seller_of
from auditor.documents.sale_papers.page_parts import page_parts
from auditor.documents.sale_papers.sums import Sums, sums_of
from auditor.values.dates import Order

RECEIPT, INVOICE = "receipt_slip", "invoice"
_TOP = 0.4  # of the lines: where a title stands
_OF_SALES = frozenset(("paid", "change", "tax", "inside"))  # figures that a slip or a list of goods has none of
_MOST_PAGES = 6
_DAY_FIRST = frozenset(
    (
        "EUR",
        "GBP",
        "MYR",
        "SGD",
        "INR",
        "AUD",
        "NZD",
        "IDR",
        "THB",
        "HKD",
        "BRL",
        "AED",
        "CHF",
        "DKK",
        "NOK",
        "SEK",
        "PLN",
    )
)
_PROOF = "printed totals"


@dataclass(frozen=True, slots=True)
class SalePaper:
    """What a paper of a sale gave: its record type, and its records. `is_proved`: its figures bear the total out;
    `is_named`: its title, or how it was paid, says what it is; `has_rivals`: several amounts may be its total."""

    record: str
    result: FormResult
    is_proved: bool
    is_named: bool
    has_rivals: bool = False


def read_sale_papers(context: Context, pages: Sequence[WordPage]) -> list[SalePaper]:
    """The receipts or the invoice that some pages are: several side by side or one below the other on one page where
    each is borne out by itself, else all pages together; nothing if nothing claims them."""
    if not pages or len(pages) > _MOST_PAGES:
        return []
    if len(pages) == 1:
        for parts in page_parts(pages[0]):
            papers = [_read(context, [part]) for part in parts]
            found = [each for each in papers if each is not None and each.is_proved]
            if len(found) == len(parts):
                return found
    whole = _read(context, pages)
    return [whole] if whole is not None else []


def _read(context: Context, pages: Sequence[WordPage]) -> SalePaper | None:
    lines = sale_lines(printed_lines(pages))
    form = _form(lines)
    if form is None:
        return None
    order = _order(lines, form.values.get("currency"))
    declared = context.declared
    if declared.date_order is None and order is not None:
        context = replace(context, declared=replace(declared, date_order=order))
    kinds = {each.kind for each in figures_of(lines)}
    is_named = bool(_titles(lines)) or bool(kinds & {"paid", "change"})
    proved, undecided = bool(form.borne_out), "total" not in form.values
    return SalePaper(form.record, type_forms(context, [form]), proved, is_named, undecided)


def _form(lines: Sequence[SaleLine]) -> FormRecord | None:
    if not lines:
        return None
    figures = figures_of(lines)
    goods = goods_of(lines, figures)
    sums = sums_of(figures, goods.amounts())
    titles = _titles(lines)
    if sums.total is None or titles[:1] == ["other"] or (not titles and sums.rival):
        return None
    number, day = number_of(lines), day_of(lines)
    proved = bool(sums.proofs) and not sums.rival
    named = bool(titles) and (number is not None or day is not None)
    kinds = {each.kind for each in figures}
    if not (named or (proved and day is not None and kinds & _OF_SALES)):
        return None
    record = _kind(titles, lines, figures)
    if record == INVOICE and not proved and number is None:
        return None
    values = _values(record, lines, figures, sums, number, day)
    nets = [each.amount.value for each in figures if each.kind == "net"]
    lines_below = line_records(goods, sums.total.value, nets, lines) if proved else []
    page = lines[0].line.box.page
    raw = "\n".join(line.line.text for line in lines)
    borne_out = {"total": _PROOF} if proved else {}
    return FormRecord(record, record, page, _extent(lines, page), values, raw, tuple(lines_below), borne_out=borne_out)


def _titles(lines: Sequence[SaleLine]) -> list[str]:
    """The kinds of paper that are named at the top: another kind only by a piece that says nothing else."""
    top = lines[: max(4, int(len(lines) * _TOP))]
    found = []
    for line in top:
        for part in line.parts:
            kind = sale_labels().title(part.piece.text)
            if kind == "other" and not sale_labels().is_other(part.piece.text):
                continue
            found += [kind] if kind is not None else []
    return found


def _kind(titles: Sequence[str], lines: Sequence[SaleLine], figures: Sequence[Figure]) -> str:
    """A paper from a till is a receipt, whatever it is called; else its title says what it is."""
    tendered = any(each.kind == "change" for each in figures)
    if tendered or "invoice" not in titles:
        return RECEIPT
    return RECEIPT if is_narrow(lines) and buyer_of(lines) is None else INVOICE


def _values(
    record: str,
    lines: Sequence[SaleLine],
    figures: Sequence[Figure],
    sums: Sums,
    number: FormValue | None,
    day: FormValue | None,
) -> dict[str, FormValue]:
    invoice = record == INVOICE
    buyer = buyer_of(lines)
    found = {
        "invoice_no" if invoice else "number": number,
        "date": day,
        "seller" if invoice else "party": seller_of(lines, invoice=invoice, buyer=buyer),
    }
    if invoice:
        found["buyer"] = buyer
    assert sums.total is not None
    if not sums.rival:
        found["total"] = sums.total.as_value()
    found["net"] = sums.net.as_value() if sums.net is not None else None
    found["tax"] = sums.tax.as_value() if sums.tax is not None and (sums.net is not None or sums.tax.value) else None
    code = currency_of(lines, [each.label for each in figures if each.kind == "total"])
    if code is not None:
        found["currency"] = made_value(sums.total.words, code)
    return {name: value for name, value in found.items() if value is not None}


def _order(lines: Sequence[SaleLine], currency: FormValue | None) -> Order | None:
    """The order of day and month where the paper comes from: by its address or its currency."""
    if in_the_states(lines):
        return "mdy"
    return "dmy" if currency is not None and currency.text in _DAY_FIRST else None


def _extent(lines: Sequence[SaleLine], page: int) -> Box:
    own = [line.line.box for line in lines if line.line.box.page == page]
    return Box(
        page,
        min(box.x0 for box in own),
        min(box.top for box in own),
        max(box.x1 for box in own),
        max(box.bottom for box in own),
    )
