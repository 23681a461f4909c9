"""What names a paper of a sale: its number, its day, the parties, the currency of its amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.documents.forms.records import FormValue, made_value
from auditor.documents.grids.lines import Piece
from auditor.documents.pages import Word
from auditor.documents.sale_papers.days import Day, days_in
from auditor.documents.sale_papers.figures import SaleLine
from auditor.documents.sale_papers.labels import label_key, sale_labels
from auditor.documents.words import sale_paper_words
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.text import folded

_TOKEN = re.compile(r"[^\s:：#№]+")
_GLUED = re.compile(r"(?<=[\u3040-\u9fff])(?=[A-Za-z0-9])")
_NUMBER = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9][\w/.\-]*")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.]\d{2}([:.]\d{2})?|\d[\d,]*\.\d{2}")
_LETTERS = re.compile(r"[A-Za-z]{1,4}")
_LONGEST_LABEL = 5  # words
_OF_NUMBERS = ("no", "number", "nr", "id", "号", "号码", "编号", "nummer", "n", "番号")
_NAME = re.compile(r"[^\W\d_]{2}")
_NO_NAME = re.compile(r"@|www\.|https?:|\.com|\btel\b|\bfax\b|\d{5,}|^\d", re.IGNORECASE)
_LONG = 5  # characters
_BRACKETS = re.compile(r"\s*[(（][^()（）]*\d[^()（）]*[)）]")  # that hold a number of registration
_TOP = 6  # lines among which the name of a shop stands
_KANA = re.compile(r"[\u3040-\u30ff]")
_SURE = 80  # per cent
_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC"
)
_US = re.compile(rf",\s*(?:{_STATES.replace(' ', '|')}),?\s+\d{{5}}(?:-\d{{4}})?\b")
_NAMES_ONLY = re.compile(r"^[\s:：]+|[\s:：,;|]+$")


def number_of(lines: Sequence[SaleLine]) -> FormValue | None:
    """The number of the paper, by the best label that stands on it; None if two papers' numbers stand there."""
    found = [each for line in lines for each in _numbers(line, lines)]
    found = found or [each for line in lines[: len(lines) // 2] for each in _bare(line)]
    if not found:
        return None
    best = min(each[:2] for each in found)
    values = {value.text: value for *rank, value in reversed(found) if tuple(rank) == best}
    return next(iter(values.values())) if len(values) == 1 else None


def _numbers(line: SaleLine, lines: Sequence[SaleLine]) -> Iterator[tuple[int, int, FormValue]]:
    """Each number on a line with the rank of its label, and whether the label says that it is a number."""
    labels = sale_labels()
    titled = any(labels.title(part.text) in ("receipt", "invoice") for part in line.parts)
    for at, part in enumerate(line.parts):
        tokens = _TOKEN.findall(_GLUED.sub(" ", part.piece.text))
        start = 0
        while start < len(tokens):
            for end in range(min(len(tokens), start + _LONGEST_LABEL), start, -1):
                key = label_key(" ".join(tokens[start:end])) or tokens[start]
                bare = titled and key in labels.bare and labels.is_title(" ".join(tokens[:start]))
                rank = labels.numbers.get(key, 0 if bare else None)
                if rank is None:
                    continue
                value = _behind(tokens[end:], part.piece)
                if value is None and end == len(tokens):
                    value = _beside(line, at) or _under(part.piece, line, lines)
                if value is not None:
                    yield rank, int(bare or not key.endswith(_OF_NUMBERS)), value
                    start = end
                    break
            start += 1


def _bare(line: SaleLine) -> Iterator[tuple[int, int, FormValue]]:
    """What stands behind a plain `No` at the beginning of a piece, if it is long enough for a number of papers."""
    for part in line.parts:
        tokens = _TOKEN.findall(part.piece.text)
        if len(tokens) > 1 and label_key(tokens[0]) in sale_labels().bare:
            value = _behind(tokens[1:], part.piece)
            if value is not None and len(value.text) >= _LONG:
                yield 2, 0, value


def _behind(tokens: Sequence[str], piece: Piece) -> FormValue | None:
    """The number that some words begin with."""
    if not tokens:
        return None
    text = tokens[0]
    if _LETTERS.fullmatch(text) and text.isupper() and len(tokens) > 1 and tokens[1].isdigit():
        text += tokens[1]
    text = text.strip(".,;()[]*")
    if not _NUMBER.fullmatch(text) or _DAY.fullmatch(text):
        return None
    own = [word for word in piece.words if any(each in folded(word.text) for each in (text, tokens[0]))]
    return made_value(own or piece.words, text)


def _beside(line: SaleLine, at: int) -> FormValue | None:
    if at + 1 >= len(line.parts):
        return None
    piece = line.parts[at + 1].piece
    return _behind(_TOKEN.findall(piece.text), piece)


def _under(piece: Piece, line: SaleLine, lines: Sequence[SaleLine]) -> FormValue | None:
    if line.at + 1 >= len(lines):
        return None
    for part in lines[line.at + 1].parts:
        if min(part.piece.box.x1, piece.box.x1) > max(part.piece.box.x0, piece.box.x0):
            tokens = _TOKEN.findall(part.piece.text)
            return _behind(tokens, part.piece) if len(tokens) == 1 else None
    return None


def day_of(lines: Sequence[SaleLine]) -> FormValue | None:
    """The day of the paper: by its label, else the only one that stands there, else the only one with a time."""
    found: list[Day] = [day for line in lines for day in days_in(line, lines)]
    for some in (
        [each for each in found if each.label == "own"],
        [each for each in found if not each.label],
        [each for each in found if not each.label and each.timed],
    ):
        values = {each.value.text: each.value for each in reversed(some)}
        if len(values) == 1 or (values and some[0].label):
            return some[0].value
    return None


def seller_of(lines: Sequence[SaleLine], *, invoice: bool, buyer: FormValue | None) -> FormValue | None:
    """Who sells: by a label, else the only company on an invoice beside the buyer, or the name on top of a receipt."""
    labelled = _party(lines, sale_labels().sellers)
    if labelled is not None:
        return labelled
    companies = [
        value
        for line in lines
        for part in line.parts
        if part.amount is None and _is_company(part.piece.text) and (value := _named(part.piece.words, part.piece.text))
    ]
    others = {value.text: value for value in reversed(companies) if buyer is None or value.text != buyer.text}
    if invoice:
        return next(iter(others.values())) if len(others) == 1 else None
    for line in lines[:_TOP]:
        text = line.line.text
        bare = _BRACKETS.sub("", text)
        if line.amounts or not _NAME.search(bare) or _NO_NAME.search(bare) or sale_labels().title(text):
            continue
        if any(days_in(line, lines)):
            break  # the name stands above the day
        if ":" in text or "：" in text:
            continue
        return _named(line.line.words, bare)
    return None


def buyer_of(lines: Sequence[SaleLine]) -> FormValue | None:
    """Who buys, by its label."""
    return _party(lines, sale_labels().buyers)


def _is_company(text: str) -> bool:
    """Whether a text ends with a word of a legal form, and is no sentence."""
    tokens = [each for each in (label_key(token) for token in text.split()) if each]
    legal = sale_labels().legal
    if not 2 <= len(tokens) <= 8:
        return any(text.strip().endswith(each) for each in sale_paper_words().legal if not each.isascii())
    return any("".join(tokens[-size:]) in legal for size in (1, 2, 3) if size < len(tokens))


def _party(lines: Sequence[SaleLine], words: frozenset[str]) -> FormValue | None:
    """What a label of a party names: behind its colon, right of it, or below it, there behind the label of a name."""
    for line in lines:
        for at, part in enumerate(line.parts):
            label, colon, rest = folded(part.piece.text).partition(":")
            if label_key(label) not in words:
                continue
            if rest.strip():
                return _named(part.piece.words[1:] or part.piece.words, rest)
            if colon and at + 1 < len(line.parts) and ":" not in folded(line.parts[at + 1].piece.text):
                piece = line.parts[at + 1].piece
                return _named(piece.words, piece.text)
            return _party_below(part.piece, line, lines)
    return None


def _party_below(piece: Piece, line: SaleLine, lines: Sequence[SaleLine]) -> FormValue | None:
    below = [
        (each, at)
        for each in lines[line.at + 1 : line.at + 5]
        for at, part in enumerate(each.parts)
        if abs(part.piece.box.x0 - piece.box.x0) <= 2 * (piece.box.bottom - piece.box.top)
    ]
    for each, at in below:
        label, _, rest = folded(each.parts[at].piece.text).partition(":")
        if label_key(label) in sale_labels().named:
            if rest.strip():
                return _named(each.parts[at].piece.words[1:], rest)
            return (
                _named(each.parts[at + 1].piece.words, each.parts[at + 1].piece.text)
                if at + 1 < len(each.parts)
                else None
            )
    if not below:
        return None
    each, at = below[0]
    first = each.parts[at].piece
    return _named(first.words, first.text) if each.at == line.at + 1 and ":" not in folded(first.text) else None


def _named(words: Sequence[Word], text: str) -> FormValue | None:
    """A name as a value; None where it is read with little certainty, or holds no letters."""
    text = _NAMES_ONLY.sub("", text)
    value = made_value(words, text) if words and _NAME.search(text) else None
    return value if value is not None and (value.score is None or value.score >= _SURE) else None


def currency_of(lines: Sequence[SaleLine], labels: Sequence[str]) -> str | None:
    """The one currency of the amounts: by the signs beside them, else by their labels; of `$` the country's own."""
    text = folded("\n".join(line.line.text for line in lines)).casefold()
    codes = list(dict.fromkeys(each.currency for line in lines for each in line.amounts if each.currency))
    if not codes:
        named = (
            token
            for label in labels
            for token in re.findall(r"[a-z]{1,3}\$|[a-z]{2,3}|[$€£¥]|円", folded(label).casefold())
        )
        codes = list(dict.fromkeys(BESIDE_AMOUNT[each] for each in named if each in BESIDE_AMOUNT))
    stated = _party(lines, sale_labels().currencies)
    if stated is not None and (code := BESIDE_AMOUNT.get(folded(stated.text).casefold().strip())):
        return code
    if len(codes) != 1:
        return None
    code = codes[0]
    if code == "CNY" and _KANA.search(text):
        return "JPY"
    if code == "USD" and not re.search(r"usd|us\$", text) and not in_the_states(lines):
        dollars = sale_paper_words().dollars
        spoken = [each for each, words in dollars.items() if any(_stands(word, text) for word in words)]
        return spoken[0] if len(spoken) == 1 else None if spoken else code
    return code


def in_the_states(lines: Sequence[SaleLine]) -> bool:
    """Whether an address of the United States stands there: a city, its state, its ZIP code."""
    return any(_US.search(line.line.text) for line in lines)


def _stands(word: str, text: str) -> bool:
    return word in text if not word.isascii() else bool(re.search(rf"\b{re.escape(word)}\b", text))
