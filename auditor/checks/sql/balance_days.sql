-- The last row of each day and the computed balance with which the day ends: opening + movements, whatever the rows state.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT _id, chain, chain_key, day, pos, computed FROM (
    SELECT r.*, l.opening + sum(r.movement) OVER (PARTITION BY r.chain ORDER BY r.pos) AS computed
    FROM {{ rows | name }} r JOIN {{ levels | name }} l USING (chain))
QUALIFY row_number() OVER (PARTITION BY chain, day ORDER BY pos DESC) = 1
