-- Days of the period that follow upon one another and all end beyond a limit: the first and the last of them, and the worst
-- with its last row. Days without movements break no stretch.
SELECT chain, chain_key, min(day) AS day, max(day) AS until, arg_min(_id, nth) AS _id, arg_min(computed, nth) AS computed
FROM (
    SELECT *, row_number() OVER (PARTITION BY chain, stretch ORDER BY {{ worst }}, pos) AS nth
    FROM (
        SELECT *, pos_of_day - row_number() OVER (PARTITION BY chain, beyond ORDER BY pos) AS stretch
        FROM (
            SELECT *, row_number() OVER (PARTITION BY chain ORDER BY pos) AS pos_of_day, {{ beyond }} AS beyond
            FROM {{ days | name }} WHERE day IS NULL OR day BETWEEN {{ first }} AND {{ last }}
        )
    )
    WHERE beyond
)
GROUP BY chain, chain_key, stretch
