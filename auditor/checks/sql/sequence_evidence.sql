-- The issued books. A book's prefix is compared without what stands between letters and digits.
CREATE OR REPLACE TEMP TABLE {{ books | name }} AS
SELECT b._id, row_number() OVER (ORDER BY {{ book.issued }} NULLS FIRST, {{ book.prefix }}, {{ book.first_no }}, {{ book.last_no }},
                                 {{ book.book_no }}, {{ book.holder }}, b._id) AS book,
       {{ book.book_no }} AS book_no, trim({{ book.holder }}) AS holder, {{ book.issued }} AS issued, {{ book.returned }} AS returned,
       coalesce({{ book.copies }}, 3) AS copies, {{ book.first_no }} AS first_no, {{ book.last_no }} AS last_no,
       {{ book.width }} AS width, coalesce({{ book.prefix }}, '') AS prefix_text, {{ book_series }} AS prefix,
       coalesce({{ book.last_no }} - {{ book.first_no }} + 1 BETWEEN 1 AND {{ largest }}, FALSE) AS countable
FROM {{ issued_source }} b
{% if seen %}
;
-- Every place where a number stands, by what that place shows: used, a paper, spoilt, in the void register, used in spite of it.
-- `place` orders them: by source, date and record.
CREATE OR REPLACE TEMP TABLE {{ seen_table | name }} AS
SELECT s.* EXCLUDE (spec), (CAST(priority AS HUGEINT) * 1000000 + coalesce(date_diff('day', DATE '1970-01-01', date), 999999)) * 1000000000000 + _id AS place,
       CASE WHEN spec IS NOT NULL THEN spec WHEN number_of(number) IS NULL THEN bare ELSE {{ series }} END AS prefix,
       CASE WHEN spec IS NOT NULL THEN TRY_CAST(substr(bare, length(spec) + 1) AS BIGINT) ELSE number_of(number) END AS n
FROM (
    -- a prefix that itself ends in a figure: how many figures follow it, its book says
    SELECT o.*, (SELECT min(b.prefix) FROM {{ books | name }} b
                 WHERE regexp_matches(b.prefix, '[0-9]$') AND b.width > 0 AND starts_with(o.bare, b.prefix)
                   AND length(o.bare) = length(b.prefix) + b.width
                   AND regexp_full_match(substr(o.bare, length(b.prefix) + 1), '[0-9]+')) AS spec
    FROM (
    SELECT *, {{ bare("number") }} AS bare FROM (
{% for place in seen %}
        SELECT {{ place.role | text }} AS role, {{ place.priority }} AS priority, s._id, {{ place.number }} AS number,
               {{ place.date }} AS date, trim(CAST({{ place.holder }} AS VARCHAR)) AS holder,
               CAST({{ place.amount }} AS DECIMAL(18,5)) AS amount, CAST({{ place.currency }} AS VARCHAR) AS currency,
               CAST({{ place.same }} AS VARCHAR[]) AS same, CAST({{ place.copies }} AS BIGINT) AS sighted,
               CAST({{ place.missing_copy }} AS VARCHAR) AS missing_copy, {{ place.lacking }} AS lacking
        FROM {{ place.source }} s
        {{ "UNION ALL" if not loop.last }}
{% endfor %}
    ) WHERE trim(number) <> '') o) s
{% endif %}
