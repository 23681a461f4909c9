"""The parts of which words of headers are made, and how alike a stranger's header is to the headers of a field.

    parts_of("收货清单编号")                 # attributes {number}, objects {slip}
    likeness("Slip #", ("清单号",))         # 900, equal parts
    choice_of("Paid out", choices)          # "out"

`parts_file` loads `rules/words/parts.yaml`, `lexicon` is what it says as numbers, `segments` takes a text apart,
`likeness` compares with one field or, through `LikenessIndex`, with all fields of all record types at once, `choices`
reads words of a closed choice.
"""

from auditor.documents.word_parts.choices import choice_of
from auditor.documents.word_parts.likeness import AMOUNT, DATE, Likeness, LikenessIndex, LikenessKind, likeness
from auditor.documents.word_parts.segments import WordParts, parts_of

__all__ = [
    "AMOUNT", "DATE", "Likeness", "LikenessIndex", "LikenessKind", "WordParts", "choice_of", "likeness", "parts_of",
]  # fmt: skip
