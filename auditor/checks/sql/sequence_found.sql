-- What is wrong with single numbers.
CREATE OR REPLACE TEMP TABLE {{ found | name }} AS
WITH known AS (
    SELECT *, sum(CASE WHEN sighted IS NOT NULL THEN 1 ELSE 0 END) OVER () > 0 AS copies_stated FROM {{ states | name }}),
near AS (
    SELECT k.*, a.shown AS before_number, a.done AS before_date, z.shown AS after_number, z.done AS after_date
    FROM known k
    LEFT JOIN {{ states | name }} a ON a.book = k.book AND a.n = k.neighbour_before
    LEFT JOIN {{ states | name }} z ON z.book = k.book AND z.n = k.neighbour_after
    WHERE k.state = 'missing'),
dated AS (
    SELECT *, lag(used_date) OVER book AS date_before, lag(shown) OVER book AS number_before, lag(used_ids) OVER book AS ids_before
    FROM known WHERE used AND used_date IS NOT NULL WINDOW book AS (PARTITION BY book ORDER BY n)),
stray AS (
    SELECT k.*, EXISTS (SELECT 1 FROM {{ books | name }} b WHERE b.prefix = k.prefix) AS prefix_known
    FROM {{ known | name }} k
    LEFT JOIN {{ issued | name }} i ON i.prefix = k.prefix AND i.n = k.n
    WHERE i.n IS NULL AND (k.used OR k.spoilt OR k.void)
      AND NOT EXISTS (SELECT 1 FROM {{ books | name }} b
                      WHERE NOT b.countable AND b.prefix = k.prefix AND k.n BETWEEN b.first_no AND b.last_no))
SELECT 'missing' AS outcome, book_id, [book_id] AS left_ids, []::BIGINT[] AS right_ids, shown AS key, holder AS party, shown AS expected,
       NULL::VARCHAR AS actual, NULL::DECIMAL(18,5) AS amount, NULL::VARCHAR AS currency, coalesce(before_date, after_date) AS date,
       CAST(json_object('before', before_number, 'before_date', CAST(before_date AS VARCHAR), 'after', after_number,
                        'after_date', CAST(after_date AS VARCHAR), 'holder', holder, 'counted', was_counted) AS VARCHAR) AS criterion
FROM near WHERE NOT {{ "TRUE" if independent else "FALSE" }}
UNION ALL
SELECT 'void_unregistered', book_id, [book_id], spoilt_ids, shown, holder, NULL, NULL, NULL, NULL, void_date,
       CAST(json_object('holder', holder) AS VARCHAR)
FROM known WHERE spoilt AND NOT void
UNION ALL
SELECT 'void_incomplete', book_id, list_concat([book_id], void_ids), spoilt_ids, shown, holder, CAST(copies AS VARCHAR),
       CAST(coalesce(sighted, 0) AS VARCHAR), NULL, NULL, void_date,
       CAST(json_object('copies', copies, 'sighted', coalesce(sighted, 0), 'missing_copy', missing_copy, 'holder', holder) AS VARCHAR)
FROM known WHERE void AND NOT used AND NOT still AND copies_stated AND coalesce(sighted, 0) < copies
UNION ALL
SELECT 'void_used', book_id, list_concat([book_id], void_ids), live_ids, shown, holder, NULL, shown, amount, currency, used_date,
       CAST(json_object('void_date', CAST(void_date AS VARCHAR), 'holder', holder) AS VARCHAR)
FROM known WHERE void AND (used OR still)
UNION ALL
SELECT 'void_unexplained', book_id, list_concat([book_id], void_ids), spoilt_ids, shown, holder, NULL, NULL, NULL, NULL, void_date,
       CAST(json_object('holder', holder) AS VARCHAR)
FROM known WHERE void AND unexplained
UNION ALL
SELECT 'used_twice', i.book_id, CASE WHEN i.book_id IS NULL THEN [] ELSE [i.book_id] END, k.paper_ids, k.number, i.holder, '1',
       CAST(len(k.paper_ids) AS VARCHAR), NULL, k.currency, k.used_date,
       CAST(json_object('amounts', k.amounts, 'holder', i.holder) AS VARCHAR)
FROM {{ known | name }} k LEFT JOIN {{ states | name }} i ON i.prefix = k.prefix AND i.n = k.n WHERE k.twice
UNION ALL
SELECT 'out_of_range', NULL, void_ids, list_sort(list_distinct(list_concat(used_ids, spoilt_ids))), number, used_by, NULL, number,
       amount, currency, coalesce(used_date, void_date),
       CAST(json_object('reason', CASE WHEN prefix_known THEN 'range' ELSE 'prefix' END, 'holder', used_by) AS VARCHAR)
FROM stray
UNION ALL
SELECT 'out_of_range', book_id, [book_id], used_ids, shown, used_by, holder, used_by, amount, currency, used_date,
       CAST(json_object('reason', 'holder', 'holder', holder, 'used_by', used_by) AS VARCHAR)
FROM known WHERE used AND used_by <> holder
UNION ALL
SELECT 'order', book_id, [book_id], list_concat(used_ids, ids_before), shown, holder, CAST(date_before AS VARCHAR),
       CAST(used_date AS VARCHAR), NULL, NULL, used_date,
       CAST(json_object('before', number_before, 'before_date', CAST(date_before AS VARCHAR), 'holder', holder) AS VARCHAR)
FROM dated WHERE used_date < date_before AND NOT {{ "TRUE" if independent else "FALSE" }}
