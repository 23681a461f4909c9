-- The ties of several rows that do not chain as they stand, with what surrounds them: the sum of all movements before the
-- tie, the shift of the last stated balance before it and of the first one after it, and in which ties these stand.
CREATE OR REPLACE TEMP TABLE {{ ties | name }} AS
WITH shifts AS MATERIALIZED ({{ shifts }}),
flagged AS (
    SELECT chain, tie FROM shifts WHERE off
    UNION
    SELECT chain, tie_before FROM shifts WHERE off AND tie_before IS NOT NULL),
several AS (
    SELECT chain, tie, min(pos) AS first_pos, count(*) AS rows, sum(movement) AS moved
    FROM {{ table | name }} SEMI JOIN flagged USING (chain) GROUP BY chain, tie),
placed AS (
    SELECT *, coalesce(sum(moved) OVER (PARTITION BY chain ORDER BY tie ROWS UNBOUNDED PRECEDING) - moved, 0) AS moved_before
    FROM several),
edges AS (
    SELECT *, lag(last_shift) OVER chain AS shift_before, lag(tie) OVER chain AS tie_before,
           lead(first_shift) OVER chain AS shift_after, lead(tie) OVER chain AS tie_after
    FROM (SELECT chain, tie, arg_min(shift, pos) AS first_shift, arg_max(shift, pos) AS last_shift, any_value(opening) AS opening
          FROM shifts SEMI JOIN flagged USING (chain) GROUP BY chain, tie)
    WINDOW chain AS (PARTITION BY chain ORDER BY tie))
SELECT p.chain, p.tie, p.first_pos, p.moved_before, coalesce(e.shift_before, e.opening) AS shift_before, e.tie_before,
       e.shift_after, e.tie_after
FROM placed p JOIN flagged USING (chain, tie) JOIN edges e USING (chain, tie)
WHERE p.rows > 1
