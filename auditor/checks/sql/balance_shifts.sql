-- How far each stated balance lies from the sum of the movements before it. The chain holds where that stays the same.
-- `off` marks the rows at which it changes; before the first row stands the opening balance, if one is stated.
SELECT *, lag(shift) OVER chain AS shift_before, lag(tie) OVER chain AS tie_before,
       coalesce(shift <> coalesce(lag(shift) OVER chain, opening), FALSE) AS off
FROM (SELECT r._id, r.chain, r.tie, r.pos, r.movement, r.balance, o.amount AS opening,
             r.balance - sum(r.movement) OVER (PARTITION BY r.chain ORDER BY r.pos) AS shift
      FROM {{ table | name }} r LEFT JOIN {{ openings | name }} o USING (chain))
WHERE shift IS NOT NULL
WINDOW chain AS (PARTITION BY chain ORDER BY pos)
