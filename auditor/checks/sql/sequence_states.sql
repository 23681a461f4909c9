-- What is known of each number that stands anywhere.
CREATE OR REPLACE TEMP TABLE {{ known | name }} AS
SELECT prefix, n,
       coalesce(min(number) FILTER (role = 'used'), min(number)) AS number,
       arg_min(date, place) FILTER (role IN ('used', 'still') AND date IS NOT NULL) AS used_date,
       arg_min(amount, place) FILTER (role IN ('used', 'still') AND amount IS NOT NULL) AS amount,
       arg_min(currency, place) FILTER (role IN ('used', 'still') AND amount IS NOT NULL) AS currency,
       arg_min(holder, place) FILTER (role = 'used' AND holder <> '') AS used_by,
       bool_or(role = 'used') AS used, bool_or(role = 'still') AS still, bool_or(role = 'spoilt') AS spoilt,
       bool_or(role = 'void') AS void,
       min(date) FILTER (role IN ('void', 'spoilt')) AS void_date,
       max(sighted) FILTER (role = 'void') AS sighted, max(missing_copy) FILTER (role = 'void') AS missing_copy,
       coalesce(bool_and(lacking) FILTER (role = 'void'), FALSE) AS unexplained,
{% if same %}
       coalesce({% for each in range(1, same + 1) %}{{ " OR " if not loop.first }}coalesce(
           min(same[{{ each }}]) FILTER (role = 'paper') <> max(same[{{ each }}]) FILTER (role = 'paper'), FALSE){% endfor %}, FALSE) AS twice
{% else %}
       coalesce(min(_id) FILTER (role = 'paper') <> max(_id) FILTER (role = 'paper'), FALSE) AS twice
{% endif %}
FROM {{ seen_table | name }}
GROUP BY prefix, n
;
-- Every number of every book, once: one that was passed on belongs to the book that was issued last.
CREATE OR REPLACE TEMP TABLE {{ issued | name }} AS
SELECT book, prefix, n
FROM (SELECT book, prefix, issued, unnest(generate_series(first_no, last_no)) AS n FROM {{ books | name }} WHERE countable)
QUALIFY row_number() OVER (PARTITION BY prefix, n ORDER BY issued DESC NULLS LAST, book DESC) = 1
;
-- The state of each number: used, void, unused (on hand), before (used up before the period) or missing.
CREATE OR REPLACE TEMP TABLE {{ states | name }} AS
WITH evidence AS (
    SELECT i.book, i.prefix, i.n, k.* EXCLUDE (prefix, n, used, still, spoilt, void),
           coalesce(k.used, FALSE) AS used, coalesce(k.still, FALSE) AS still, coalesce(k.spoilt, FALSE) AS spoilt,
           coalesce(k.void, FALSE) AS void,
           coalesce(k.used OR k.spoilt OR k.void, FALSE) AS accounted,
           CASE WHEN k.used THEN k.used_date WHEN k.spoilt OR k.void THEN k.void_date END AS done
    FROM {{ issued | name }} i LEFT JOIN {{ known | name }} k ON k.prefix = i.prefix AND k.n = i.n),
ranges AS (
    SELECT *, min(n) FILTER (accounted) OVER (PARTITION BY book) AS first_seen,
           max(n) FILTER (accounted) OVER (PARTITION BY book) AS last_seen,
           max(n) FILTER (accounted) OVER (PARTITION BY book ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS neighbour_before,
           min(n) FILTER (accounted) OVER (PARTITION BY book ORDER BY n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS neighbour_after
    FROM evidence),
counted AS (
{% if blank %}
    SELECT b.book, list_distinct(flatten(list(generate_series(c.first_no, least(c.last_no, c.first_no + {{ largest }}))))) AS blanks
    FROM {{ blank }} c JOIN {{ books | name }} b ON trim(c.book_no) = trim(b.book_no) AND c.first_no <= b.last_no AND c.last_no >= b.first_no
    WHERE c.sheets > 0 GROUP BY b.book
    UNION ALL
    SELECT b.book, [] FROM {{ blank }} c JOIN {{ books | name }} b ON trim(c.book_no) = trim(b.book_no)
    GROUP BY b.book HAVING max(c.sheets) = 0
{% else %}
    SELECT NULL::BIGINT AS book, []::BIGINT[] AS blanks WHERE FALSE
{% endif %}
),
blank_numbers AS (SELECT book, unnest(blanks) AS n, TRUE AS blank FROM counted)
SELECT r.*, b.holder, b.issued AS issued_on, b.copies, b._id AS book_id, c.book IS NOT NULL AS was_counted,
       CASE WHEN r.used THEN 'used'
            WHEN r.void OR r.spoilt THEN 'void'
            WHEN z.blank THEN 'unused'
            WHEN b.issued < {{ start }} AND (r.n < r.first_seen OR r.first_seen IS NULL AND b.returned IS NOT NULL) THEN 'before'
            WHEN {{ "TRUE" if independent else "FALSE" }} THEN 'unused'
            WHEN (r.last_seen IS NULL OR r.n > r.last_seen) AND c.book IS NULL
                 AND (b.returned IS NULL OR b.returned > {{ end }}) THEN 'unused'
            ELSE 'missing' END AS state,
       coalesce(r.number, s.shown_prefix || lpad(CAST(r.n AS VARCHAR), CAST(greatest(s.shown_width, length(CAST(r.n AS VARCHAR))) AS INTEGER), '0')) AS shown
FROM ranges r JOIN {{ books | name }} b USING (book)
LEFT JOIN counted c USING (book)
LEFT JOIN blank_numbers z ON z.book = r.book AND z.n = r.n
JOIN (SELECT book, coalesce(min(prefix_of(number)) FILTER (used), any_value(prefix_text)) AS shown_prefix,
             coalesce(any_value(width), max(length(number) - length(prefix_of(number))) FILTER (used),
                      max(length(CAST(last_no AS VARCHAR)))) AS shown_width
      FROM ranges JOIN {{ books | name }} USING (book) GROUP BY book) s ON s.book = r.book
;
-- How each book stands: its numbers by state, when it was begun and finished, whether it still holds open numbers.
CREATE OR REPLACE TEMP TABLE {{ standing | name }} AS
SELECT b.*, s.* EXCLUDE (book),
       coalesce(next_working_day(last_done, {{ return_within }}), last_done + {{ return_within }}) AS due,
       s.unused > 0 AND (s.touched OR s.was_counted OR b.issued IS NULL OR b.issued >= {{ start }}) AS has_open
FROM {{ books | name }} b JOIN (
    SELECT book, count(*) AS numbers, count(*) FILTER (state = 'used') AS used, count(*) FILTER (state = 'void') AS void,
           count(*) FILTER (state = 'unused') AS unused, count(*) FILTER (state = 'before') AS before,
           count(*) FILTER (state = 'missing') AS missing, min(used_date) FILTER (state = 'used') AS begun,
           max(used_date) FILTER (state = 'used') AS last_used, max(done) AS last_done, bool_or(accounted) AS touched,
           bool_or(was_counted) AS was_counted
    FROM {{ states | name }} GROUP BY book) s USING (book)
