"""Which rules an audit runs: the sets that are named or that the records found choose, less what audit.yaml leaves out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from auditor.audit.errors import NoRuleLeft, SettingsErrors
from auditor.audit.settings import Settings
from auditor.audit.setup import Setup
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.engine import Engine
from auditor.errors import AuditorError, Place
from auditor.findings.model import RanSet
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.binding import uses
from auditor.rules.folders import find_rule_set, load_folders, shipped_rule_sets
from auditor.rules.loader import load_rule_sets
from auditor.rules.merging import all_folders
from auditor.rules.model import LoadedRule, RuleFolder, RuleSet
from auditor.rules.narrowing import of_sets, with_rules
from auditor.strict_yaml import unknown_word_at

_DUTY = Text("duty", "职责")
_DUTY_OR_RULE = Text("duty or rule", "职责或规则")


def load_named(setup: Setup, parameters: Collection[str] = ()) -> RuleSet:
    """All rule sets of the setup, loaded together. `parameters` are those that the audit gives a value.

    Raises RuleSetErrors, or SettingsErrors where audit.yaml names a duty or rule that none of them has.
    """
    rule_set = load_rule_sets(setup.rules, decided=parameters, place=setup.settings.place("rules"))
    mistakes = list(_unknown(setup.settings, rule_set))
    if mistakes:
        raise SettingsErrors(errors=mistakes)
    return rule_set


def _unknown(settings: Settings, rule_set: RuleSet) -> Iterator[AuditorError]:
    if settings.marked is None:
        return
    duties = rule_set.duties
    names = sorted({*duties, *rule_set.rules, *(each for each in rule_set.failed if not each.startswith("views/"))})
    for number, word in enumerate(settings.file.duties):
        if word not in duties:
            yield unknown_word_at(settings.marked, ("duties", number), word, duties, _DUTY)
    for number, word in enumerate(settings.file.without):
        if word not in names:
            yield unknown_word_at(settings.marked, ("without", number), word, names, _DUTY_OR_RULE)


def chosen(rule_set: RuleSet, setup: Setup, found: Found, only: Sequence[str] = ()) -> RuleSet:
    """The rules that the audit runs. `found` chooses the sets where none is named, `only` are the rules that the
    command names.

    Raises NoRuleLeft if audit.yaml leaves none.
    """
    settings = setup.settings.file
    if not setup.named:
        rule_set = sets_for(rule_set, found, {*settings.duties, *only})

    def kept(rule: LoadedRule) -> bool:
        wanted = not settings.duties or rule.head.duty in settings.duties
        return wanted and not {rule.id, rule.head.duty} & set(settings.without)

    left = with_rules(rule_set, kept, settings.without)
    if not left.rules and not left.failed:
        raise NoRuleLeft(_place(setup.settings), ", ".join((*settings.duties, *settings.without)), sets=left.name)
    return left


def _place(settings: Settings) -> Place:
    return settings.place("without" if settings.file.without else "duties")


def sets_for(rule_set: RuleSet, found: Found, named: Set[str] = frozenset()) -> RuleSet:
    """Of sets that were loaded together those for which the records speak, or of which a duty or rule is `named`; a set
    that says of no records that they speak for it is for any company. One that another includes is not asked for
    besides."""
    speaking = [
        each
        for each in rule_set.asked
        if not each.manifest.chosen_by or found.speaking(each) or named & _own(rule_set, each)
    ]
    included = {folder for each in speaking for folder in all_folders(each.included)}
    return of_sets(rule_set, [each for each in speaking if each not in included])


def _own(rule_set: RuleSet, folder: RuleFolder) -> set[str]:
    """The duties and rules of the set's own folder."""
    rules = [rule for rule in rule_set.rules.values() if rule.of == folder.name]
    return {name for rule in rules for name in (rule.id, rule.head.duty)}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a folder: the records that are stored, and the tables of the documents."""

    engine: Engine
    tables: Sequence[TableReading]

    def speaking(self, folder: RuleFolder) -> tuple[str, ...]:
        """The record types that speak for a rule set: of those that it names, the ones of which a record fills one of
        the fields that it asks for, or of which a table has nothing but what such records have."""
        named = folder.manifest.chosen_by.items()
        return tuple(name for name, fields in named if self._stored(name, fields) or self._tabled(name, fields))

    def _stored(self, name: str, fields: Sequence[str]) -> bool:
        filled = " OR ".join(f'"{each}" IS NOT NULL' for each in fields) or "TRUE"
        return bool(self.engine.rows(f'SELECT 1 FROM "{name}" WHERE {filled} LIMIT 1'))

    def _tabled(self, name: str, fields: Sequence[str]) -> bool:
        """Tables that are read, or probably will be once somebody confirms what they are."""
        for each in self.tables:
            best = each.hypotheses[0] if each.hypotheses else None
            if best is None or best.record != name or not (each.is_read or each.state is State.LIKELY):
                continue
            unexplained = set(range(len(each.shape.headers))) - {column.index for column in best.columns}
            if not unexplained or {column.role for column in best.columns} & set(fields):
                return True
        return False


def sets_beside(rule_set: RuleSet, found: Found) -> dict[str, Text]:
    """The sets that came along with another and for which no record speaks: name -> title."""
    return {
        each.name: each.manifest.title.text
        for each in rule_set.folders
        if each not in rule_set.asked and each.manifest.chosen_by and not found.speaking(each)
    }


def ran_sets(rule_set: RuleSet) -> tuple[RanSet, ...]:
    """The sets as a report names them: those that were asked for, then those that they include."""
    return tuple(
        RanSet(each.name, each.manifest.title.text, each.manifest.version, each in rule_set.asked)
        for each in rule_set.folders
    )


def untested(rule_set: RuleSet, types: Mapping[str, RecordType], found: Found) -> tuple[Text, ...]:
    """A remark for each shipped set that is not run although records were found that speak for it."""
    tested = {name for rule in rule_set.rules.values() for name in uses(rule_set, rule)}
    running = {each.name for each in rule_set.folders}
    remarks = []
    for each in load_folders([find_rule_set(name) for name in shipped_rule_sets()]):
        speaking = [types[name].title for name in found.speaking(each) if name in types]
        if speaking and each.name not in running and not tested & each.manifest.chosen_by.keys():
            remarks.append(
                Text(
                    f"no rule that was run tests {', '.join(title.en for title in speaking)}: the rule set {each.name} "
                    "does; name it in `rules:` of audit.yaml",
                    f"所执行的规则均不审核{'、'.join(title.zh for title in speaking)}：规则集 {each.name} 可以审核，"
                    "请写入 audit.yaml 的 `rules:`",
                )
            )
    return tuple(remarks)
