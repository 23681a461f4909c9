"""Hand-made tables and hypotheses for the tests of questions and answers."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis, State, TableReading
from auditor.documents.recognition.shapes import TableShape
from auditor.languages import Text

COVER = ("收单日", "网点", "单据张数", "件数")
COVER_COLUMNS = {"收单日": "date", "网点": "station", "单据张数": "tickets", "件数": "pieces"}
ROWS = (("2026-10-01", "南站", "12", "80"), ("2026-10-01", "北站", "9", "51"), ("2026-10-02", "南站", "4", "6"))


def shape(
    headers: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...] = ROWS,
    *,
    names: tuple[str, ...] = (),
    sheet: str = "",
    first: int = 1,
    labels: tuple[tuple[str, str], ...] = (),
) -> TableShape:
    texts = tuple((each,) if each else () for each in headers)
    return TableShape(sheet, 1, first, headers, texts, rows, len(rows), names, labels)


def hypothesis(
    record: str, headers: tuple[str, ...], columns: Mapping[str, str], fields: Mapping[str, str] | None = None
) -> Hypothesis:
    found = tuple(
        ColumnReading(headers.index(header), header, role, Ground.WORD) for header, role in columns.items()
    )
    because = (Text("known headers", "认得的表头"),)
    return Hypothesis(record, found, fields=fields or {}, because=because, against=(Text("no title", "没有标题"),))


def table(
    found: TableShape, *hypotheses: Hypothesis, state: State = State.ASKED
) -> TableReading:
    return TableReading(found, state, hypotheses)


def cover(state: State = State.ASKED, **around: object) -> TableReading:
    """A cover sheet in words of its own."""
    return table(shape(COVER, **around), hypothesis("bundle_cover", COVER, COVER_COLUMNS), state=state)  # type: ignore[arg-type]
