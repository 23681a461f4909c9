"""The order of questions, what is lost while one is open, and how it is shown to machines."""

from __future__ import annotations

import json

import pytest
from asked_tables import COVER, COVER_COLUMNS, cover, hypothesis, shape, table

from auditor.audit.questions import OpenQuestion, loss_in_words, open_questions, rules_by_record
from auditor.documents.readings.loader import answers_in
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.records.loader import record_types
from auditor.rules.loader import find_rule_set, load_rule_set

RULES = load_rule_set(find_rule_set("freight-month-end"))
UNREAD = "rate_notice"  # no rule of the set reads its records
LEDGER = ("日子", "事由", "进", "出")


def ledger(state: State = State.ASKED, rows: int = 3) -> TableReading:
    found = shape(LEDGER, (("2026-10-01", "货款", "5.00", ""),) * rows)
    columns = {"日子": "date", "事由": "summary", "进": "<in>", "出": "<out>"}
    return table(found, hypothesis("bank_ledger_entry", LEDGER, columns), state=state)


def asked(documents: dict[str, list[TableReading]], present: set[str]) -> list[OpenQuestion]:
    return open_questions(documents.items(), record_types(), RULES, present)


def names(questions: list[OpenQuestion]) -> list[str]:
    return [each.family.tables[0].path for each in questions]


def test_there_is_a_record_type_that_no_rule_of_the_set_reads() -> None:
    assert UNREAD in record_types() and UNREAD not in rules_by_record(RULES)


def test_what_keeps_most_rules_from_running_is_asked_first() -> None:
    documents = {"a.csv": [cover()], "b.csv": [ledger()], "c.csv": [table(shape(("x", "y")))]}
    assert names(asked(documents, set())) == ["b.csv", "a.csv", "c.csv"]
    assert names(asked(documents, {"bank_ledger_entry"})) == ["a.csv", "b.csv", "c.csv"]


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        ("party_alias", {"号": "party_id", "又叫": "alias"}),
        ("party", {"号": "party_id", "又叫": "name"}),
        ("bank_account", {"号": "account_id", "又叫": "account_no"}),
    ],
)
def test_a_list_of_who_is_who_goes_before_what_no_rule_reads(record: str, columns: dict[str, str]) -> None:
    headers = tuple(columns)
    listed = table(shape(headers), hypothesis(record, headers, columns))
    other = table(shape(("题", "数")), hypothesis(UNREAD, ("题", "数"), {"题": "source_amount"}))
    first, second = asked({"a.csv": [other], "b.csv": [listed]}, {record})
    assert first.family.tables[0].path == "b.csv" and first.lost.short and not second.lost.short


def test_likely_goes_before_asked_where_as_much_is_lost() -> None:
    other = table(shape(("甲", "乙")), hypothesis("bundle_cover", ("甲", "乙"), {"甲": "station"}), state=State.LIKELY)
    assert names(asked({"a.csv": [cover()], "b.csv": [other]}, set())) == ["b.csv", "a.csv"]
    many = {"a.csv": [cover(), cover(first=20)], "b.csv": [other]}
    assert names(asked(many, set())) == ["a.csv", "b.csv"]


def test_what_is_lost_in_words() -> None:
    first = asked({"a.csv": [cover()]}, set())[0]
    words = loss_in_words(first.lost)
    assert words is not None
    assert words.en.startswith("1 rule is not run: ")
    assert words.zh.startswith("1 条规则无法执行：")
    again = loss_in_words(asked({"b.csv": [ledger(rows=7)]}, {"bank_ledger_entry"})[0].lost)
    assert again is not None
    assert "rules run without these 7 rows: " in again.en
    assert loss_in_words(asked({"c.csv": [table(shape(("x", "y")))]}, set())[0].lost) is None


def test_rules_that_run_without_such_records_but_know_less_are_told() -> None:
    header = ("Form", "Serial", "Spoilt on")
    columns = {"Form": "kind", "Serial": "number", "Spoilt on": "date"}
    voided = table(shape(header, (("Slip", "S-1", "2026-10-01"),)), hypothesis("voided_number", header, columns))
    (question,) = asked({"a.csv": [voided]}, set())
    assert question.lost.idle == ()
    assert {"slip-numbers", "receipt-numbers"} <= {each.id for each in question.lost.short}
    assert names(asked({"a.csv": [voided], "b.csv": [table(shape(("x", "y")))]}, set())) == ["a.csv", "b.csv"]


def test_for_machines() -> None:
    (question,) = asked({"网点/a.csv": [cover(names=("封面", "a"))]}, set())
    told = question.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["tables"] == [{"path": "网点/a.csv", "sheet": "", "page": 1, "row": 1, "rows": 3}]
    assert (told["headers"], told["title"], told["state"]) == (list(COVER), "封面", "asked")
    assert told["rows"][0] == ["2026-10-01", "南站", "12", "80"]
    assert told["proposals"] == [
        {
            "record": "bundle_cover",
            "columns": COVER_COLUMNS,
            "fields": {},
            "because": [{"en": "known headers", "zh": "认得的表头"}],
            "against": [{"en": "no title", "zh": "没有标题"}],
        }
    ]
    assert [each["id"] for each in told["lost"]["not_run"]] == ["covers-against-slips"]
    assert told["entry"] == {"headers": list(COVER), "record": "bundle_cover", "columns": COVER_COLUMNS}
    readings, mistakes = answers_in("tables:\n" + told["yaml"], record_types())
    assert mistakes == ()
    assert readings.entry_for(COVER, (), "网点/a.csv", "") is not None


def test_the_id_stays_from_month_to_month() -> None:
    september = asked({"9月/a.csv": [cover(names=("2026年9月封面",))]}, set())
    october = asked({"10月/b.csv": [cover(names=("2026年10月封面",), first=4)], "10月/c.csv": [cover()]}, set())
    assert [each.id for each in september] == [each.id for each in october]
    assert len(september[0].id) == 12


def test_without_any_proposal_the_entry_is_to_complete() -> None:
    (question,) = asked({"a.csv": [table(shape(("x", "y")))]}, set())
    assert question.draft() is None
    assert question.as_dict()["proposals"] == []
    mistakes = answers_in("tables:\n" + question.as_dict()["yaml"], record_types())[1]
    assert [each.code for each in mistakes] == ["UnknownWord"]


@pytest.mark.parametrize(
    "headers",
    [
        tuple(f"列{number}" for number in range(10_000)),
        ("金额",) * 300,
        ("长" * 500, "b"),
        ("x, y: #" * 300, "b"),
        ("a",),
        ("Order #2", "true", "~", "2026", "- x", "@ 12"),
    ],
    ids=["ten thousand columns", "headers all alike", "a long header", "a longer one", "one column", "words of YAML"],
)
def test_any_table_can_be_asked_and_answered(headers: tuple[str, ...]) -> None:
    best = hypothesis("bundle_cover", headers, {headers[0]: "date"})
    (question,) = asked({"a.csv": [table(shape(headers, (("1",) * len(headers),)), best)]}, set())
    readings, mistakes = answers_in("tables:\n" + question.as_dict()["yaml"], record_types())
    assert [each.message("en") for each in mistakes] == []
    entry = readings.entry_for(headers, (), "a.csv", "")
    assert entry is not None
    assert [(index, role) for index, _, role in entry.roles(headers)] == [(0, "date")]


@pytest.mark.parametrize("record", ["voided_number", "blank_count"])
def test_what_rules_need_not_but_judge_wrongly_without_is_lost_too(record: str) -> None:
    headers = ("啥", "号", "日子")
    found = table(shape(headers), hypothesis(record, headers, {"啥": "kind"}))
    useless = table(shape(("甲", "乙", "丙")), hypothesis(UNREAD, ("甲", "乙", "丙"), {"甲": "rate"}))
    questions = asked({"b.csv": [found], "a.csv": [useless]}, set())
    assert names(questions) == ["b.csv", "a.csv"]
    assert questions[0].lost.short and not questions[1].lost.short
