"""Wherever a rule says that two values must agree (`on`, `compare`, `sum` and `cancels` of a match, `refers.on` of
`require`, `on` of `duplicate`), it says so in one language, and it means the same.

* `amount` alone: the two are equal. An empty value agrees with nothing. A number and a text are compared as numbers.
* `{date: {days: 3}}`, `{date: {working_days: {before: 0, after: 3}}}`: the right date lies so near the left one. One
  day agrees with itself even where no calendar reaches.
* `{amount: {within: "0.05"}}`: the two numbers lie so near each other.
* `{amount: {percent: "1"}}`: the same in per cent of the left value, or with `of: right` of the right one, with
  `of: larger` of the larger one. Nothing is rounded: at 1 %, 0.50 and 0.51 differ.
* `{counterparty: {same: party}}`: the same entry of the master; where no master knows them both, the same name but for
  case, blanks and the width of brackets.
* `{amount: {digits: reordered}}`: the same digits in another order, everything else left out.
* `{summary: {contains: left_in_right}}` (or `right_in_left`, `either`): one text stands in the other, and is no part of
  a longer number or word there: 100 stands in `no. 100`, not in `1001`.
* `{summary: {fold: [case, blanks, width]}}`: equal but for what is named; also beside `contains`.
* `{region: {empty: equal}}`: an empty value agrees with an empty one; also beside any other.
* `{amount: {either: [{within: "0.20"}, {percent: "0.1"}]}}`: one of several holds.
* `{left: invoice_no, right: summary}`: two fields of different names, equal; with a criterion beside them,
  `{left: invoice_no, right: summary, contains: left_in_right}`, they agree by that. In `compare` the name is free:
  `price: {left: unit_price, right: price, percent: "0.5"}`.
* `{either: [reference, {left: reference, right: summary}]}`: one of several entries holds.

A criterion has exactly one test, of a kind that suits its fields: days for two dates, an amount for two numbers, a fold
for two texts. Anything else is an error at its line before any document is read. A figure may be a parameter of the
rule set: `within: ":tolerance"`. A field may be called as a key of this language is: what a word means is told by
where it stands.
"""
