"""What a criterion is called, in both languages: `amount within 0.05`, `金额相差 0.05 以内`."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.checks.criteria.model import AnyOf, Criterion, Days, On, pair_of
from auditor.languages import Text
from auditor.rules.words import field_words

_OF = {"right": Text("of the right value", "（以右方为准）"), "larger": Text("of the larger value", "（以较大者为准）")}


def entry_words(entry: On, titles: Mapping[str, Text]) -> Text:
    """An entry of `on` in words; `titles` are those of fields."""
    if isinstance(entry, AnyOf):
        return _any_of([entry_words(each, titles) for each in entry.either])
    pair = pair_of(entry)
    title = field_words(pair.left, titles)
    if pair.right != pair.left:
        other = field_words(pair.right, titles)
        title = Text(f"{title.en} / {other.en}", f"{title.zh}／{other.zh}") if other != title else title
    return criterion_words(title, pair.criterion)


def criterion_words(title: Text, criterion: Criterion | None) -> Text:
    """A criterion on a field of this title."""
    if criterion is None or criterion.same:
        return title
    if criterion.either is not None:
        return _any_of([criterion_words(title, each) for each in criterion.either])
    if criterion.digits:
        return Text(f"digits of {title.en}", f"{title.zh}数字相同（次序不论）")
    if criterion.contains:
        return Text(f"{title.en} in one another", f"{title.zh}互相包含")
    if criterion.days is not None:
        return _window(title, criterion.days, Text("days", "天"))
    if criterion.working_days is not None:
        return _window(title, criterion.working_days, Text("working days", "个工作日"))
    if criterion.percent is not None:
        of = _OF.get(criterion.of or "", Text("", ""))
        en = f"{title.en} within {criterion.percent} % {of.en}".rstrip()
        return Text(en, f"{title.zh}相差 {criterion.percent}% 以内{of.zh}")
    if str(criterion.within or "0").strip("0."):
        return Text(f"{title.en} within {criterion.within}", f"{title.zh}相差 {criterion.within} 以内")
    return title


def _any_of(words: list[Text]) -> Text:
    return Text(" or ".join(each.en for each in words), "或".join(each.zh for each in words))


def _window(title: Text, window: int | str | Days, unit: Text) -> Text:
    before, after = (window.before, window.after) if isinstance(window, Days) else (window, window)
    if before == after == 0:
        return Text(f"same {title.en}", f"{title.zh}相同")
    if before == after:
        return Text(f"{title.en} within {after} {_units(after, unit.en)}", f"{title.zh} {after} {unit.zh}内")
    en = f"{title.en} from {before} {_units(before, unit.en)} before to {after} after"
    return Text(en, f"{title.zh}前 {before} {unit.zh}至后 {after} {unit.zh}内")


def _units(number: int | str, unit: str) -> str:
    return unit.removesuffix("s") if str(number) == "1" else unit
