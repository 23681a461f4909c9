-- Stretches of stated balances with the same shift, of the chains in which it changes or is not the opening balance.
WITH shifts AS (
    SELECT r._id, r.chain, r.pos, r.balance - sum(r.movement) OVER (PARTITION BY r.chain ORDER BY r.pos) - o.opening AS shift,
           r.balance
    FROM {{ rows | name }} r JOIN {{ levels | name }} o USING (chain)),
changes AS (
    SELECT *, shift IS DISTINCT FROM lag(shift) OVER (PARTITION BY chain ORDER BY pos) AS change
    FROM shifts WHERE shift IS NOT NULL),
stretches AS (
    SELECT *, count(*) FILTER (change) OVER (PARTITION BY chain ORDER BY pos) AS stretch FROM changes),
runs AS (
    SELECT chain, stretch, any_value(shift) AS shift, count(*) AS rows, arg_min(_id, pos) AS first_id,
           arg_max(_id, pos) AS last_id, arg_min(balance, pos) AS first_balance
    FROM stretches GROUP BY chain, stretch)
SELECT chain, stretch, shift, rows, first_id, last_id, first_balance, l.closing - l.opening - l.moved AS closing_shift
FROM runs JOIN {{ levels | name }} l USING (chain)
WHERE chain IN (SELECT chain FROM runs WHERE shift <> 0)
ORDER BY chain, stretch
