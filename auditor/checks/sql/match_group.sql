-- The groups that a pass accepted, with the sum of the measure on either side.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT left_rows, right_rows,
       (SELECT coalesce(sum(_measure), 0) FROM {{ left | name }} WHERE list_contains(left_rows, _id)) AS lm,
       (SELECT coalesce(sum(_measure), 0) FROM {{ right | name }} WHERE list_contains(right_rows, _id)) AS rm
FROM {{ found }}
