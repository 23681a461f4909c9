"""What can be wrong with the answers of `reading.yaml`."""

from __future__ import annotations

from auditor.documents.errors import DocumentError
from auditor.languages import Text
from auditor.strict_yaml import FileMistake


class RoleTwice(FileMistake):
    """One field is given to two columns. Values: `role`, `first`, `second` (headers)."""

    what = Text(
        "the field `{role}` is given to two columns: “{first}” and “{second}”",
        "两列都指定为字段 `{role}`：“{first}”和“{second}”",
    )
    do = Text(
        "keep it at the column that holds it and write ~ (no field) at the other",
        "只保留真正填写该内容的一列，另一列写 ~（不对应任何字段）",
    )


class AnsweredTwice(FileMistake):
    """Two entries are about one table. Values: `first` (the line of the other)."""

    what = Text(
        "this table is answered twice: the entry on line {first} has the same headers, title and place, and says "
        "something else",
        "同一张表有两个回答：第 {first} 行的条目表头、标题和位置都相同，说法却不同",
    )
    allowed = Text(
        "one entry for a table; entries for tables alike in headers differ in title, file or sheet",
        "一张表一个条目；表头相同的几张表，用 title、file 或 sheet 区分",
    )
    do = Text(
        "delete one of the two, or say with `title:`, `file:` or `sheet:` which tables each is about; until then "
        "neither holds",
        "请删去其中一个，或用 `title:`、`file:`、`sheet:` 说明各自适用哪些表；在此之前两个都不采用",
    )


class WordAnsweredTwice(FileMistake):
    """One word is said to mean two choices. Values: `word`, `field`, `first` (the line of the other)."""

    what = Text(
        "the word “{word}” of `{field}` means something else on line {first}",
        "`{field}` 的词“{word}”在第 {first} 行另有含义",
    )
    do = Text(
        "delete one of the two; where tables differ, say it with `choices:` in the entry of the table; until then it "
        "means neither",
        "请删去其中一个；如各表含义不同，请在该表的条目中用 `choices:` 写明；在此之前两个都不采用",
    )


class AnswersRival(DocumentError):
    """Several answers fit one table equally. Values: `file`, `lines`."""

    what = Text(
        "the answers on lines {lines} of {file} fit this table alike: it was not read",
        "{file} 第 {lines} 行的几个回答都适用于该表，未读取",
    )
    do = Text(
        "say with `title:`, `file:` or `sheet:` which of them is about this table, or delete the others",
        "请用 `title:`、`file:`、`sheet:` 说明哪一个适用于该表，或删去多余的条目",
    )


class ReadingsNoList(DocumentError):
    """The file says something else than a list of answers, to which none can be added. The text is the answer. Values:
    `part`."""

    what = Text(
        "this answer was not written: `{part}:` of the file is no list to which it could be added",
        "回答未写入：文件中的 `{part}:` 不是列表，无法在其后补写",
    )
    do = Text(
        "write `{part}:` as a list (`- …` below one another) and paste the answer behind its last entry",
        "请把 `{part}:` 改写为列表（逐条写 `- …`），再把此回答粘贴在最后一条之后",
    )


class ReadingsNotWritable(DocumentError):
    """An answer cannot be written into the file. Values: `reason`."""

    what = Text("the answer cannot be written: {reason}", "无法写入回答：{reason}")
    do = Text(
        "check that you may write into this folder; or paste the entry below `tables:` of the file by hand "
        "(`auditor map FOLDER --json` prints it)",
        "请确认对此文件夹有写入权限；也可将条目手工粘贴到该文件的 `tables:` 之下"
        "（`auditor map 文件夹 --json` 会列出条目）",
    )


class TableAsked(DocumentError):
    """A table that is not read before somebody says what it is. Values: `rows`, `probably_en`, `probably_zh`."""

    what = Text(
        "what is this table? it looks like {probably_en}, but that is not sure: its rows ({rows}) were not read",
        "这是什么表？看起来像{probably_zh}，但不能确认，共 {rows} 行，未读取",
    )
    do = Text(
        "run `auditor map FOLDER` and answer; the answer is kept in reading.yaml for the next months",
        "请运行 `auditor map 文件夹` 回答；回答记在 reading.yaml 中，以后各月沿用",
    )
