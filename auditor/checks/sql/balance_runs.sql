-- Stretches of stated balances with the same shift, of the chains in which it changes or is not the opening balance.
WITH shifts AS (
    SELECT r._id, r.chain, r.pos, r.balance,
           r.balance - sum(r.movement) OVER (PARTITION BY r.chain ORDER BY r.pos) - o.opening AS shift
    FROM {{ rows | name }} r JOIN {{ levels | name }} o USING (chain)),
stated AS (
    SELECT *, lag(shift) OVER chain AS shift_before, lag(_id) OVER chain AS previous_id, lag(pos, 1, 0) OVER chain AS previous_pos, row_number() OVER chain AS place,
           count(*) OVER (PARTITION BY chain) AS places
    FROM shifts WHERE shift IS NOT NULL WINDOW chain AS (PARTITION BY chain ORDER BY pos)),
begun AS (
    SELECT *, lead(place, 1, places + 1) OVER (PARTITION BY chain ORDER BY pos) - place AS rows
    FROM (SELECT * FROM stated WHERE shift_before IS NULL OR shift <> shift_before))
SELECT b.chain, b.shift, b.rows, b._id AS first_id, b.pos AS first_pos, b.previous_id, b.previous_pos, b.balance AS first_balance,
       l.closing - l.opening - l.moved AS closing_shift
FROM begun b JOIN {{ levels | name }} l USING (chain)
WHERE b.places > b.rows OR b.shift <> 0
ORDER BY b.chain, b.pos
