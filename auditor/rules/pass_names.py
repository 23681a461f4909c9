"""What a pass of a match is called where its rule does not say: the fields that must agree, and how."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.languages import Text
from auditor.rules.schema import Criterion, Days, Match, Pass
from auditor.rules.words import field_words
from auditor.strict_yaml import Bilingual


def with_pass_names(options: Match, titles: Mapping[str, Text]) -> Match:
    """The options with a name for every pass; parameters have been put in. `titles` are those of fields."""
    passes = [
        each if each.name else each.model_copy(update={"name": pass_name(each, titles)}) for each in options.passes
    ]
    return options.model_copy(update={"passes": passes})


def pass_name(options: Pass, titles: Mapping[str, Text]) -> Bilingual:
    """`slip no., amount, date within 3 working days` and `清单号、金额、日期 3 个工作日内`."""
    parts = [
        _part(name, criterion, titles)
        for each in options.on
        for name, criterion in ({each: None} if isinstance(each, str) else each).items()
    ]
    for name, criterion in (options.sum or {}).items():
        part = _part(name, criterion, titles)
        parts.append(Text(f"sum of {part.en}", f"{part.zh}合计"))
    if options.where:
        parts.append(Text("on a condition", "附条件"))
    return Bilingual(en=", ".join(each.en for each in parts), zh="、".join(each.zh for each in parts))


def _part(name: str, criterion: Criterion | None, titles: Mapping[str, Text]) -> Text:
    title = field_words(name, titles)
    if criterion is None or criterion.same:
        return title
    if criterion.digits:
        return Text(f"digits of {title.en}", f"{title.zh}数字相同（次序不论）")
    if criterion.days is not None:
        return _window(title, criterion.days, Text("days", "天"))
    if criterion.working_days is not None:
        return _window(title, criterion.working_days, Text("working days", "个工作日"))
    if criterion.percent is not None:
        return Text(f"{title.en} within {criterion.percent} %", f"{title.zh}相差 {criterion.percent}% 以内")
    if str(criterion.within or "0").strip("0."):
        return Text(f"{title.en} within {criterion.within}", f"{title.zh}相差 {criterion.within} 以内")
    return title


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
