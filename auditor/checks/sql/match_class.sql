-- Twins: records of one side that are equal in everything that decides. A class is one row, its records in the order
-- of their whole content, so that which twin is taken first does not depend on where it stands in a file.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT row_number() OVER (ORDER BY {{ columns | map("name") | join(", ") }}{{ ", " if columns }}_measure) AS c, *
FROM (
    SELECT {% for column in columns %}s.{{ column | name }}, {% endfor %}
{% for column in working %}any_value(s.{{ column | name }}) AS {{ column | name }}, {% endfor %}
           s._measure, count(*) AS n, list(s._id ORDER BY {{ content | join(", ") }}) AS ids
    FROM {{ source | name }} s
    JOIN {{ given }} g ON g._id = s._id
    {{ "WHERE s._id IN (FROM " ~ (only | name) ~ ")" if only }}
    GROUP BY {% for column in columns %}s.{{ column | name }}, {% endfor %}s._measure
)
