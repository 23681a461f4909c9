-- The rows of ties that do not chain as they stand, with what surrounds them: the sum of all movements before the tie, the
-- shift of the last stated balance before it and of the first one after it, and in which ties these stand.
WITH shifts AS MATERIALIZED ({{ shifts }}),
flagged AS (
    SELECT chain, tie FROM shifts WHERE off
    UNION
    SELECT chain, tie_before FROM shifts WHERE off AND tie_before IS NOT NULL),
ties AS (
    SELECT chain, tie, min(pos) AS first_pos, count(*) AS rows, sum(movement) AS moved
    FROM {{ table | name }} SEMI JOIN flagged USING (chain) GROUP BY chain, tie),
placed AS (
    SELECT *, coalesce(sum(moved) OVER (PARTITION BY chain ORDER BY tie ROWS UNBOUNDED PRECEDING) - moved, 0) AS moved_before
    FROM ties),
edges AS (
    SELECT *, lag(last_shift) OVER chain AS shift_before, lag(tie) OVER chain AS tie_before,
           lead(first_shift) OVER chain AS shift_after, lead(tie) OVER chain AS tie_after
    FROM (SELECT chain, tie, first(shift ORDER BY pos) AS first_shift, last(shift ORDER BY pos) AS last_shift,
                 any_value(opening) AS opening
          FROM shifts GROUP BY chain, tie)
    WINDOW chain AS (PARTITION BY chain ORDER BY tie))
SELECT r.chain, r.tie, p.first_pos, p.moved_before, coalesce(e.shift_before, e.opening) AS shift_before, e.tie_before,
       e.shift_after, e.tie_after, r._id, r.movement, r.balance
FROM {{ table | name }} r
JOIN flagged USING (chain, tie)
JOIN placed p USING (chain, tie)
JOIN edges e USING (chain, tie)
JOIN {{ source }} s ON s._id = r._id
WHERE p.rows > 1
ORDER BY r.chain, r.tie, {{ content | join(", ") }}
