-- Which classes of twins may be paired, and how well: `score` 1 is the best of all.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT lc, rc, mask, CAST(dense_rank() OVER (ORDER BY {% for each in order %}o{{ loop.index }}, {% endfor %}differing) AS INTEGER) AS score
FROM (
    SELECT l.c AS lc, r.c AS rc, {{ mask }} AS mask, bit_count({{ mask }}) AS differing
{% for each in order %}
           , {{ each }} AS o{{ loop.index }}
{% endfor %}
    FROM {{ left | name }} l JOIN {{ right | name }} r
    ON {{ conditions | join("\n    AND ") }}
)
