"""Which rules an audit runs: the sets that are named or that the records found choose, less what audit.yaml leaves out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from auditor.audit.errors import NoRuleLeft, SettingsErrors
from auditor.audit.settings import Settings
from auditor.audit.setup import Setup
from auditor.documents.recognition.hypotheses import State, TableReading
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


def chosen(rule_set: RuleSet, setup: Setup, found: Set[str], only: Sequence[str] = ()) -> RuleSet:
    """The rules that the audit runs. `found` are the record types that speak for a set where none is named, `only` the
    rules that the command names.

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


def sets_for(rule_set: RuleSet, found: Set[str], named: Set[str] = frozenset()) -> RuleSet:
    """Of sets that were loaded together those for which the records `found` speak, or of which a duty or rule is
    `named`; a set that says of no records that they speak for it is for any company. One that another includes is not
    asked for besides."""
    speaking = [
        each
        for each in rule_set.asked
        if not each.manifest.chosen_by or found & set(each.manifest.chosen_by) or named & _own(rule_set, each)
    ]
    included = {folder for each in speaking for folder in all_folders(each.included)}
    return of_sets(rule_set, [each for each in speaking if each not in included])


def _own(rule_set: RuleSet, folder: RuleFolder) -> set[str]:
    """The duties and rules of the set's own folder."""
    rules = [rule for rule in rule_set.rules.values() if rule.of == folder.name]
    return {name for rule in rules for name in (rule.id, rule.head.duty)}


def speaking_records(documents: Sequence[tuple[Collection[str], Sequence[TableReading]]]) -> frozenset[str]:
    """The record types that speak for a rule set: those that documents gave, and those that their tables are likely to
    be. `documents`: of each the types that it gave, and its tables."""
    given = {name for records, _ in documents for name in records}
    likely = {
        each.hypotheses[0].record
        for _, tables in documents
        for each in tables
        if each.state is State.LIKELY and each.hypotheses
    }
    return frozenset(given | likely)


def ran_sets(rule_set: RuleSet) -> tuple[RanSet, ...]:
    """The sets as a report names them: those that were asked for, then those that they include."""
    return tuple(
        RanSet(each.name, each.manifest.title.text, each.manifest.version, each in rule_set.asked)
        for each in rule_set.folders
    )


def untested(rule_set: RuleSet, types: Mapping[str, RecordType], found: Set[str]) -> tuple[Text, ...]:
    """A remark for each shipped set that is not run although records were found that speak for it."""
    tested = {name for rule in rule_set.rules.values() for name in uses(rule_set, rule)}
    running = {each.name for each in rule_set.folders}
    remarks = []
    for each in load_folders([find_rule_set(name) for name in shipped_rule_sets()]):
        speaking = [types[name].title for name in each.manifest.chosen_by if name in found and name in types]
        if speaking and each.name not in running and not tested & set(each.manifest.chosen_by):
            remarks.append(
                Text(
                    f"no rule that was run tests {', '.join(title.en for title in speaking)}: the rule set {each.name} "
                    "does; name it in `rules:` of audit.yaml",
                    f"所执行的规则均不审核{'、'.join(title.zh for title in speaking)}：规则集 {each.name} 可以审核，"
                    "请写入 audit.yaml 的 `rules:`",
                )
            )
    return tuple(remarks)
