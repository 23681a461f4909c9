-- What becomes of the free records of one side. An explanation comes first; then a record that repeats a matched one of
-- its own side is a duplicate, and one that repeats an open record is a copy of it.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
WITH explained AS (
{% if reasons %}
    SELECT {{ alias }}._id AS id, CASE {% for number, when in reasons %}WHEN ({{ when }}) THEN {{ number }} {% endfor %}END AS reason
    FROM {{ given }} {{ alias }} LEFT JOIN {{ other_given }} {{ other_alias }} ON FALSE
    WHERE {{ alias }}._id IN (SELECT _id FROM {{ free | name }})
{% else %}
    SELECT NULL::BIGINT AS id, NULL::INTEGER AS reason WHERE FALSE
{% endif %}
),
free AS (
    SELECT f.*, {{ "coalesce(e.reason, c.reason)" if cancelled else "e.reason" if reasons else "NULL::INTEGER" }} AS reason
    FROM {{ free | name }} f
{% if reasons or cancelled %}
    LEFT JOIN explained e ON e.id = f._id
{% endif %}
{% if cancelled %}
    LEFT JOIN {{ cancelled | name }} c ON c.id = f._id
{% endif %}
),
{% if duplicates %}
used AS (
    SELECT {{ own }} AS id, {{ its }} AS other FROM {{ pair | name }}
    UNION ALL
    SELECT unnest({{ own_rows }}), {{ its_rows }}[1] FROM {{ grouping | name }}
),
candidates AS (
    SELECT _id FROM {{ side | name }} s
    WHERE EXISTS (SELECT 1 FROM free f WHERE f.reason IS NULL
                  {% for each in duplicates %}AND f.{{ each | name }} IS NOT DISTINCT FROM s.{{ each | name }} {% endfor %})
      AND ({% for each in duplicates %}{{ "OR " if not loop.first }}s.{{ each | name }} IS NOT NULL {% endfor %})
),
placed AS (
    SELECT s._id, u.other, f._id IS NOT NULL AS open,
           row_number() OVER (PARTITION BY {% for each in duplicates %}s.{{ each | name }}, {% endfor %}{{ (apart + ["1"]) | join(", ") }}
                              ORDER BY f._id IS NOT NULL, {{ content | join(", ") }}) AS place,
           first_value(s._id) OVER same_thing AS twin, first_value(f._id IS NOT NULL) OVER same_thing AS twin_open, first_value(u.other) OVER same_thing AS twins_other
    FROM {{ side | name }} s
    JOIN candidates c ON c._id = s._id
    JOIN {{ given }} g ON g._id = s._id
    LEFT JOIN used u ON u.id = s._id
    LEFT JOIN free f ON f._id = s._id
    WHERE f._id IS NULL OR f.reason IS NULL
    WINDOW same_thing AS (PARTITION BY {% for each in duplicates %}s.{{ each | name }}, {% endfor %}{{ (apart + ["1"]) | join(", ") }}
                          ORDER BY f._id IS NOT NULL, {{ content | join(", ") }})
),
{% endif %}
last AS (SELECT 1)
SELECT f._id, f._measure, f.reason,
{% if duplicates %}
       CASE WHEN f.reason IS NOT NULL THEN 'explained' WHEN p.place > 1 AND p.twin_open THEN 'copy'
            WHEN p.place > 1 THEN 'duplicate' ELSE 'only' END AS state,
       CASE WHEN p.place > 1 THEN p.twin END AS twin, CASE WHEN p.place > 1 THEN p.twins_other END AS other,
{% else %}
       CASE WHEN f.reason IS NOT NULL THEN 'explained' ELSE 'only' END AS state,
       NULL::BIGINT AS twin, NULL::BIGINT AS other,
{% endif %}
       NULL::VARCHAR AS criterion
FROM free f
{% if duplicates %}
LEFT JOIN placed p ON p._id = f._id AND p.open
{% endif %}
