-- The closest candidate of each open record: the most criteria that agree, then the nearest amount, then the nearest date.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT {{ own }}._id AS own, {{ away }}._id AS away
{% if candidates %}
FROM {{ candidates | name }} c
JOIN {{ seeking | name }} {{ own }} ON {{ own }}._id = c.own
JOIN {{ pool | name }} {{ away }} ON {{ away }}._id = c.away
{% else %}
FROM {{ seeking | name }} {{ own }}, {{ pool | name }} {{ away }}
{% endif %}
WHERE {% for each in telling %}{{ " OR " if not loop.first }}({{ each }}){% endfor %}

QUALIFY row_number() OVER (
    PARTITION BY {{ own }}._id
    ORDER BY {% for each in tests %}{{ " + " if not loop.first }}(CASE WHEN {{ each }} THEN 1 ELSE 0 END){% endfor %} DESC,
             coalesce(abs(r._measure - l._measure), 0), coalesce({{ date_gap }}, 1000000),
             {% for each in content %}{{ each }}, {% endfor %}{{ away }}._id) = 1
