-- The rows of all chains: to which chain and tie (same date and time) each belongs, and where it stands in the chain.
-- `backward` chains are those that the document writes newest first.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT s._id,
       {{ chain }} AS chain,
       {{ key }} AS chain_key,
       {{ day }} AS day,
       CAST(coalesce({{ movement }}, 0) AS DECIMAL(38,5)) AS movement,
       CAST({{ balance }} AS DECIMAL(38,5)) AS balance,
       dense_rank() OVER (PARTITION BY chain ORDER BY {{ order | join(", ") }}) AS tie,
       row_number() OVER (PARTITION BY chain ORDER BY {{ order | join(", ") }}, {{ hints | join(", ") }}) AS pos
FROM {{ source }} s
{% if backward %}
WHERE {{ chain }} IN (SELECT chain FROM {{ backward | name }})
UNION ALL
FROM {{ forward | name }} WHERE chain NOT IN (SELECT chain FROM {{ backward | name }})
{% endif %}
