-- Each chain: what it opens with (as stated, else as its first row implies, else as the period before closed), the sum of
-- its movements, and what it is stated to close with.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
WITH implied AS (
    SELECT chain, arg_min(shift, pos) AS opening
    FROM (SELECT chain, pos, balance - sum(movement) OVER (PARTITION BY chain ORDER BY pos) AS shift FROM {{ rows | name }})
    WHERE shift IS NOT NULL GROUP BY chain),
moved AS (
    SELECT chain, any_value(chain_key) AS chain_key, sum(movement) AS moved, max(day) AS last_day FROM {{ rows | name }} GROUP BY chain),
chains AS (
    SELECT chain FROM moved UNION SELECT chain FROM {{ opening | name }} UNION SELECT chain FROM {{ closing | name }})
SELECT c.chain, coalesce(m.chain_key, array_to_string(string_split(c.chain, chr(31))[1:{{ parts }}], '/')) AS chain_key,
       coalesce(o.amount, i.opening, p.amount) AS opening, o._id AS opening_id, o.day AS opening_day,
       coalesce(o.amount, i.opening) AS own_opening, p.amount AS prior, p._id AS prior_id,
       coalesce(m.moved, 0) AS moved, m.last_day, e.amount AS closing, e._id AS closing_id, e.day AS closing_day
FROM chains c
LEFT JOIN moved m USING (chain)
LEFT JOIN {{ opening | name }} o USING (chain)
LEFT JOIN implied i USING (chain)
LEFT JOIN {{ prior | name }} p USING (chain)
LEFT JOIN {{ closing | name }} e USING (chain)
