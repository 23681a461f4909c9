"""What is told of tables that are not read beside others that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.documents.context import Context
from auditor.documents.errors import DocumentError, TableNotRead, TableUnknown
from auditor.documents.model import Remark
from auditor.documents.pages import Grid
from auditor.documents.tables.bands import UnreadTable
from auditor.documents.tables.recognise import Claim
from auditor.documents.tables.surroundings import GridResult, place_of
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.model import RecordType

_FIRST_WORDS = 6  # of a table that nothing knows


def tell_of_table(context: Context, grid: Grid, table: UnreadTable, result: GridResult) -> None:
    """Tell of a table beside those that are read, and keep what it may hold. A line of figures under its labels, as
    many documents have it above their table, is worth a remark."""
    claim = table.nearest if table.nearest is not None and len(table.nearest.missing) == 1 else None
    place = place_of(context, grid, table.first)
    if table.rows > 1 or claim is not None:
        result.unread.append(grid_of(grid, table.first, table.end))
        result.problems.append(not_read(context.types, place, claim, table.words))
        return
    en, zh = ", ".join(table.words[:_FIRST_WORDS]), "、".join(table.words[:_FIRST_WORDS])
    result.remarks.append(Remark(str(place), Text(f"figures that were not read: {en}", f"未读取的数字：{zh}")))


def grid_of(grid: Grid, first: int, end: int) -> Grid:
    """Some rows of a grid, for the texts that they hold."""
    return Grid(
        grid.number, grid.name, grid.table.slice(first, end - first), grid.row_numbers.slice(first, end - first)
    )


def missing_headers(record_type: RecordType, missing: Sequence[str]) -> Text:
    """The headers that a claim lacks (each the first of its field), in words of the reader's language."""
    titles = {each.headers[0]: each.title.en for each in record_type.fields.values() if each.headers}
    return Text(", ".join(titles.get(each, each) for each in missing), "、".join(missing))


def not_read(
    types: Mapping[str, RecordType], place: Place, nearest: Claim | None, words: Sequence[str]
) -> DocumentError:
    """The problem of a table beside others that are read: its nearest type and what it lacks, else its first words."""
    if nearest is not None and nearest.missing:
        title = types[nearest.record].title
        lacks = missing_headers(types[nearest.record], nearest.missing)
        return TableNotRead(place, nearest_en=title.en, nearest_zh=title.zh, missing_en=lacks.en, missing_zh=lacks.zh)
    shown = words[:_FIRST_WORDS]
    return TableUnknown(place, words=", ".join(shown), words_zh="、".join(shown))
