-- The closest candidate of each open record: the most criteria that agree, then the nearest amount, then the nearest date.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
WITH candidates AS (
{% if drivers %}
{% for each in drivers %}
    {{ "UNION" if not loop.first }}
    SELECT {{ own }}._id AS own, {{ away }}._id AS away
    FROM {{ open_rows | name }} {{ own }}
    JOIN (SELECT *, hash({{ each.away | join(", ") }}) AS _h FROM {{ pool | name }} {{ away }}
          QUALIFY count(*) OVER (PARTITION BY _h) <= {{ fan_out }}) {{ away }} ON {{ away }}._h = hash({{ each.own | join(", ") }})
{% endfor %}
{% else %}
    SELECT {{ own }}._id AS own, {{ away }}._id AS away FROM {{ open_rows | name }} {{ own }}, {{ pool | name }} {{ away }}
{% endif %}
)
SELECT c.own, c.away
FROM candidates c
JOIN {{ open_rows | name }} {{ own }} ON {{ own }}._id = c.own
JOIN {{ pool | name }} {{ away }} ON {{ away }}._id = c.away
WHERE {% for each in telling %}{{ " OR " if not loop.first }}({{ each }}){% endfor %}

QUALIFY row_number() OVER (
    PARTITION BY c.own
    ORDER BY {% for each in tests %}{{ " + " if not loop.first }}(CASE WHEN {{ each }} THEN 1 ELSE 0 END){% endfor %} DESC,
             coalesce(abs(r._measure - l._measure), 0), coalesce({{ date_gap }}, 1000000),
             {% for each in content %}{{ each }}, {% endfor %}c.away) = 1
