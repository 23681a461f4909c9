-- One stated balance for each chain: the {{ "first" if first else "last" }} by date. Of several of one date the one that the rows bear out,
-- so that a balance carried from page to page does no harm.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT e._id, {{ chain }} AS chain, CAST({{ amount }} AS DECIMAL(38,5)) AS amount, {{ date }} AS day
FROM {{ source }} e
LEFT JOIN (
{% if first %}
    SELECT chain, list(DISTINCT balance - movement) AS borne_out FROM {{ rows | name }} WHERE tie = 1 GROUP BY chain
{% else %}
    SELECT chain, list(DISTINCT balance) AS borne_out
    FROM {{ rows | name }} r SEMI JOIN (SELECT chain, max(tie) AS tie FROM {{ rows | name }} GROUP BY chain) USING (chain, tie)
    GROUP BY chain
{% endif %}
) b ON b.chain = {{ chain }}
WHERE {{ amount }} IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY {{ chain }} ORDER BY {{ date }} {{ "ASC" if first else "DESC" }} NULLS LAST,
                           coalesce(list_contains(borne_out, {{ amount }}), FALSE) DESC, {{ amount }}, e._id) = 1
