"""What a table is, by evidence: hypotheses with what speaks for and against them, and when one is sure.

- `shapes`: what the shape of a page shows of one table, without vocabulary;
- `kinds`: what the values of a column are like, and `arithmetic`: what holds between the columns of figures;
- `hypotheses`: a record type with its columns, the evidence, and the state: sure, likely, asked or none;
- `table_evidence`: all of this for one table, with `header_words` and `names` around it;
- `column_roles`, `column_proofs`, `owners`, `reasons`: the columns, proofs, owner and sentences of one hypothesis;
- `judging`: the hypotheses of one table, best first, and how far the best may be trusted;
- `keys` and `passes`: what the sure readings of a folder tell of the rest.
"""
