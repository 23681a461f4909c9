"""What forms may be, and what makes one not sure beside all that makes a table not sure."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.documents.recognition.names import PAPER
from auditor.documents.recognition.table_evidence import TableEvidence
from auditor.languages import Text

_FEWEST_FORMS = 2  # with the same labels
_FEWEST_TO_LEAD = 2  # known labels of a type that goes before the one of which the title speaks
_FEWEST_PROOFS = 2  # relations that hold in the figures of all forms
_FAR = 9000  # points by which such forms lead any other kind
_FEWEST_WORDS = 5  # known labels of a form that stands alone


def is_named_form(table: TableEvidence, hypothesis: Hypothesis) -> bool:
    """Whether forms are called as papers of the type are: that alone is worth a question."""
    return table.shape.is_form and hypothesis.record in table.names and PAPER not in table.names


def of_forms(table: TableEvidence, ranked: Sequence[Hypothesis]) -> tuple[list[Hypothesis], list[Text]]:
    """The hypotheses of forms, best first, without lines of papers and movements on accounts, which no form is; and why
    the best of them is not sure."""
    types = table.knowledge.types
    kept = [each for each in ranked if not types[each.record].is_line]
    if not kept:
        return [], []
    named = [each for each in kept if is_named_form(table, each)]
    if named and named[0] is not kept[0] and sum(each.sure for each in kept[0].columns) < _FEWEST_TO_LEAD:
        kept = [named[0], *(each for each in kept if each is not named[0])]
    best, doubts = kept[0], []
    if best is not ranked[0] and types[ranked[0].record].is_line:
        title = types[ranked[0].record].title
        doubts.append(Text(f"its labels are like those of {title.en}", f"各项名称像{title.zh}"))
    if best.record not in table.names and not _is_proved(best, kept[1:]):
        doubts.append(Text("its title does not say so", "标题未写明"))
    if table.shape.rows < _FEWEST_FORMS and sum(each.sure for each in best.columns) < _FEWEST_WORDS:
        doubts.append(Text("there is one such form only", "同样的单据只有一张"))
    return kept, doubts


def _is_proved(best: Hypothesis, others: Sequence[Hypothesis]) -> bool:
    """Whether the figures of forms say what their title does not: weight × rate and the sum of the charges hold, and no
    other kind of form comes near."""
    return len(best.proved) >= _FEWEST_PROOFS and all(best.points - each.points >= _FAR for each in others)
