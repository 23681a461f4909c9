-- What is wrong with single numbers. `left_roles` and `right_roles` say which of a number's places stand on which side.
CREATE OR REPLACE TEMP TABLE {{ found | name }} AS
WITH known AS (
    SELECT *, count(sighted) OVER () > 0 AS copies_stated FROM {{ states | name }}),
near AS (
    SELECT k.*, a.shown AS before_number, a.done AS before_date, z.shown AS after_number, z.done AS after_date
    FROM known k
    LEFT JOIN {{ states | name }} a ON a.book = k.book AND a.n = k.neighbour_before
    LEFT JOIN {{ states | name }} z ON z.book = k.book AND z.n = k.neighbour_after
    WHERE k.state = 'missing'),
runs AS (  -- missing numbers that follow upon each other
    SELECT book, any_value(book_id) AS book_id, any_value(prefix) AS prefix, list(n ORDER BY n) AS numbers, count(*) AS count,
           arg_min(shown, n) AS first_shown, arg_max(shown, n) AS last_shown, any_value(holder) AS holder,
           arg_min(before_number, n) AS before_number, arg_min(before_date, n) AS before_date,
           arg_max(after_number, n) AS after_number, arg_max(after_date, n) AS after_date, bool_or(was_counted) AS was_counted
    FROM (SELECT *, n - row_number() OVER (PARTITION BY book ORDER BY n) AS run FROM near)
    GROUP BY book, run),
dated AS (
    SELECT *, lag(used_date) OVER book AS date_before, lag(shown) OVER book AS number_before, lag(n) OVER book AS n_before
    FROM known WHERE used AND used_date IS NOT NULL WINDOW book AS (PARTITION BY book ORDER BY n)),
stray AS (
    SELECT k.*, EXISTS (SELECT 1 FROM {{ books | name }} b WHERE b.prefix = k.prefix) AS prefix_known
    FROM {{ known | name }} k
    LEFT JOIN {{ issued | name }} i ON i.prefix = k.prefix AND i.n = k.n
    WHERE i.n IS NULL AND (k.used OR k.spoilt OR k.void) AND NOT {{ "TRUE" if observed else "FALSE" }}
      AND NOT EXISTS (SELECT 1 FROM {{ books | name }} b
                      WHERE NOT b.countable AND b.prefix = k.prefix AND k.n BETWEEN b.first_no AND b.last_no)),
twice AS (
    SELECT k.prefix, k.n, k.number, k.used_date, i.book_id, i.holder, count(DISTINCT s._id) AS papers,
           list(DISTINCT text_of(s.amount) ORDER BY text_of(s.amount)) FILTER (s.amount IS NOT NULL) AS amounts
    FROM {{ known | name }} k JOIN {{ seen_table | name }} s ON s.prefix = k.prefix AND s.n = k.n AND s.role = 'paper'
    LEFT JOIN {{ states | name }} i ON i.prefix = k.prefix AND i.n = k.n
    WHERE k.twice GROUP BY ALL)
SELECT 'missing' AS outcome, book_id, prefix, numbers, []::VARCHAR[] AS left_roles, []::VARCHAR[] AS right_roles,
       first_shown AS key, holder AS party, first_shown || ' – ' || last_shown AS expected, NULL::VARCHAR AS actual,
       CAST(count AS DECIMAL(18,5)) AS amount, NULL::VARCHAR AS currency, coalesce(before_date, after_date) AS date,
       CAST(json_object('before', before_number, 'before_date', CAST(before_date AS VARCHAR), 'after', after_number,
                        'after_date', CAST(after_date AS VARCHAR), 'holder', holder, 'counted', was_counted,
                        'first', first_shown, 'last', last_shown, 'count', count, 'words', 'missing_run') AS VARCHAR) AS criterion
FROM runs WHERE count >= {{ long_run }} AND count > 1 AND NOT {{ "TRUE" if independent else "FALSE" }}
UNION ALL
SELECT 'missing', k.book_id, k.prefix, [k.n], [], [], k.shown, k.holder, k.shown, NULL, NULL, NULL,
       coalesce(k.before_date, k.after_date),
       CAST(json_object('before', k.before_number, 'before_date', CAST(k.before_date AS VARCHAR), 'after', k.after_number,
                        'after_date', CAST(k.after_date AS VARCHAR), 'holder', k.holder, 'counted', k.was_counted) AS VARCHAR)
FROM near k JOIN runs ON runs.book = k.book AND k.n BETWEEN runs.numbers[1] AND runs.numbers[-1]
WHERE (count < {{ long_run }} OR count = 1) AND NOT {{ "TRUE" if independent else "FALSE" }}
UNION ALL
SELECT 'void_unregistered', book_id, prefix, [n], [], ['spoilt'], shown, holder, NULL, NULL, NULL, NULL, void_date,
       CAST(json_object('holder', holder) AS VARCHAR)
FROM known WHERE spoilt AND NOT void
UNION ALL
SELECT 'void_incomplete', book_id, prefix, [n], ['void'], ['spoilt'], shown, holder, CAST(copies AS VARCHAR),
       CAST(coalesce(sighted, 0) AS VARCHAR), NULL, NULL, void_date,
       CAST(json_object('copies', copies, 'sighted', coalesce(sighted, 0), 'missing_copy', missing_copy, 'holder', holder) AS VARCHAR)
FROM known WHERE void AND NOT used AND NOT still AND copies_stated AND coalesce(sighted, 0) < copies
UNION ALL
SELECT 'void_used', book_id, prefix, [n], ['void'], ['used', 'still'], shown, holder, NULL, shown, amount, currency, used_date,
       CAST(json_object('void_date', CAST(void_date AS VARCHAR), 'holder', holder) AS VARCHAR)
FROM known WHERE void AND (used OR still)
UNION ALL
SELECT 'void_unexplained', book_id, prefix, [n], ['void'], ['spoilt'], shown, holder, NULL, NULL, NULL, NULL, void_date,
       CAST(json_object('holder', holder) AS VARCHAR)
FROM known WHERE void AND unexplained
UNION ALL
SELECT 'used_twice', book_id, prefix, [n], [], ['paper'], number, holder, '1', CAST(papers AS VARCHAR), NULL, NULL, used_date,
       CAST(json_object('amounts', amounts, 'holder', holder) AS VARCHAR)
FROM twice
UNION ALL
SELECT 'out_of_range', NULL, prefix, [n], ['void'], ['used', 'spoilt'], number, used_by, NULL, number, amount, currency,
       coalesce(used_date, void_date),
       CAST(json_object('reason', CASE WHEN prefix_known THEN 'range' ELSE 'prefix' END, 'holder', used_by) AS VARCHAR)
FROM stray
UNION ALL
SELECT 'out_of_range', book_id, prefix, [n], [], ['used'], shown, used_by, holder, used_by, amount, currency, used_date,
       CAST(json_object('reason', 'holder', 'holder', holder, 'used_by', used_by) AS VARCHAR)
FROM known
WHERE used AND used_by <> holder AND NOT EXISTS (  -- a book held by a person is used at the station to which he belongs
    SELECT 1 FROM master_edge AS e
    WHERE e.of = 'employee' AND e.to_of = 'station'
      AND (e.id = holder OR e.id IN (SELECT id FROM master_value WHERE "of" = 'employee' AND value = holder))
      AND (e.to_id = used_by OR e.to_id IN (SELECT id FROM master_value WHERE "of" = 'station' AND value = used_by))
) AND NOT EXISTS (  -- two names of one station or person
    SELECT 1 FROM master_value AS h JOIN master_value AS u ON u."of" = h."of" AND u.id = h.id
    WHERE h."of" IN ('station', 'employee') AND h.value = holder AND u.value = used_by
)
UNION ALL
SELECT 'order', book_id, prefix, [n, n_before], [], ['used'], shown, holder, CAST(date_before AS VARCHAR),
       CAST(used_date AS VARCHAR), NULL, NULL, used_date,
       CAST(json_object('before', number_before, 'before_date', CAST(date_before AS VARCHAR), 'holder', holder) AS VARCHAR)
FROM dated WHERE used_date < date_before AND NOT {{ "TRUE" if independent else "FALSE" }}
;
-- What another period shows of a number is evidence of its state, and judged in that period.
DELETE FROM {{ found | name }} f
WHERE outcome NOT IN ('missing', 'used_twice') AND (date < {{ start }} OR date > {{ end }})
   OR outcome = 'used_twice' AND NOT EXISTS (
        SELECT 1 FROM {{ seen_table | name }} s WHERE s.prefix = f.prefix AND s.n = f.numbers[1] AND s.role = 'paper'
           AND coalesce(s.date BETWEEN {{ start }} AND {{ end }}, TRUE))
;
-- The records of each: the book and the void entries on the left, the papers on the right.
ALTER TABLE {{ found | name }} ADD COLUMN left_ids BIGINT[]
;
ALTER TABLE {{ found | name }} ADD COLUMN right_ids BIGINT[]
;
ALTER TABLE {{ found | name }} ADD COLUMN paper_id BIGINT
;
UPDATE {{ found | name }} SET left_ids = CASE WHEN book_id IS NULL THEN [] ELSE [book_id] END, right_ids = []
;
UPDATE {{ found | name }} SET left_ids = list_concat(left_ids, list_sort(list_distinct(p.lefts))),
                              right_ids = list_sort(list_distinct(p.rights))
FROM (SELECT f.number, list(s._id) FILTER (list_contains(f.left_roles, s.role)) AS lefts,
             coalesce(list(s._id) FILTER (list_contains(f.right_roles, s.role)), []) AS rights
      FROM (SELECT rowid AS number, prefix, unnest(numbers) AS n, left_roles, right_roles FROM {{ found | name }}) f
      JOIN {{ seen_table | name }} s ON s.prefix = f.prefix AND coalesce(s.n, -1) = coalesce(f.n, -1)
      GROUP BY f.number) p
WHERE {{ found | name }}.rowid = p.number
