"""What the rule sets call what a report shows, for the report."""

from __future__ import annotations

from auditor.findings.model import Headlines, MoneyKind, PackageItem
from auditor.languages import Text
from auditor.rules.manifest import RuleSetManifest
from auditor.strict_yaml import Bilingual


def headlines_of(manifest: RuleSetManifest) -> Headlines:
    """The duties, kinds of money, faults of numbers, signers and package that rule sets state together."""
    signers = manifest.signers
    return Headlines(
        duties={name: each.text for name, each in sorted(manifest.duties.items(), key=_numbered_first)},
        kinds=tuple(MoneyKind(_title(each.title), each.sign, tuple(each.codes)) for each in manifest.kinds.values()),
        number_control=tuple((_title(each.title), tuple(each.codes)) for each in manifest.number_control.values()),
        signers=(signers.prepared.text, signers.reviewed.text, signers.approved.text) if signers else (),
        package=tuple(
            PackageItem(each.title.text, each.statement, tuple(each.documents)) for each in manifest.package.values()
        ),
    )


def _numbered_first(duty: tuple[str, Bilingual]) -> tuple[bool, str]:
    """Numbered duties in the order of their numbers, then the others as the sets name them."""
    name = duty[0]
    return (name.isalpha(), "" if name.isalpha() else name)


def _title(title: Bilingual | None) -> Text:
    return title.text if title is not None else Text("", "")
