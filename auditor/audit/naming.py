"""Whose documents these are: the company that the masters call one's own, else the one that most documents name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.documents.collect import SourceDocument, Status
from auditor.documents.errors import DocumentError
from auditor.documents.pages import Grid, Page, WordPage
from auditor.documents.readers import read_document
from auditor.engine import Engine

_MOST_DOCUMENTS = 200
_LARGEST = 4 << 20  # bytes; a title is not worth reading more for
_TITLE_ROWS = 5
_COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}?(?:有限责任公司|股份有限公司|有限公司|集团公司|分公司)"
    r"|[A-Z][\w&.'’-]*(?: [\w&.,'’()-]+){0,6},? (?:Co\.?,? ?Ltd|Ltd|Limited|Inc|LLC|GmbH|Corporation|Corp)\b\.?"
)
_NOT_ONESELF = re.compile(r"银行|支付|税务|快递|速运|保险|Bank|Alipay")
_LABELLED = re.compile(r"^.*[:：]\s*")


def own_company(engine: Engine, sources: Sequence[SourceDocument]) -> str | None:
    """The company's name, None if the documents do not tell. `engine` holds the records."""
    own = engine.rows("SELECT name FROM party WHERE kind = 'own' AND name IS NOT NULL ORDER BY name LIMIT 1")
    if own:
        return str(own[0][0])
    named = Counter(_buyers(engine))
    for source in [each for each in sources if _worth_a_look(each)][:_MOST_DOCUMENTS]:
        named.update(_titled(source))
    ranked = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def _worth_a_look(source: SourceDocument) -> bool:
    return source.status is Status.DOCUMENT and source.size <= _LARGEST


def _buyers(engine: Engine) -> dict[str, int]:
    """Whom expense invoices were made out to."""
    return {
        name: int(count)
        for name, count in engine.rows(
            "SELECT buyer, count(*) FROM invoice WHERE buyer IS NOT NULL GROUP BY buyer ORDER BY buyer"
        )
    }


def _titled(source: SourceDocument) -> set[str]:
    """The companies that the titles of a document's first page name: each once, however often it stands there."""
    try:
        pages = read_document(source).pages
    except DocumentError:
        return set()  # what cannot be read was reported when it was read for its records
    return {name for text in _titles(pages[:1]) for name in companies(text)}


def companies(text: str) -> list[str]:
    """The company names in a line that may be the company's own: no banks, no carriers, none after a label."""
    found = _COMPANY.findall(text) if not _LABELLED.match(text) else []
    return [name for name in found if not _NOT_ONESELF.search(name)]


def _titles(pages: Iterable[Page]) -> Iterable[str]:
    for page in pages:
        if isinstance(page, Grid):
            for row in page.head(_TITLE_ROWS):
                filled = [cell for cell in row if cell and cell.strip()]
                if len(filled) == 1:
                    yield filled[0].strip()
        elif isinstance(page, WordPage):
            yield from (word.text.strip() for word in page.words if word.box.top < page.height / 8)
