-- Blocks of equal keys with more pairs of classes than can be looked at.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT h, a.n AS lefts, b.n AS rights
FROM (SELECT hash({{ left_keys | join(", ") }}) AS h, count(*) AS n FROM {{ left | name }} l WHERE {{ left_known }} GROUP BY h) a
JOIN (SELECT hash({{ right_keys | join(", ") }}) AS h, count(*) AS n FROM {{ right | name }} r WHERE {{ right_known }} GROUP BY h) b USING (h)
WHERE a.n * b.n > {{ limit }}
