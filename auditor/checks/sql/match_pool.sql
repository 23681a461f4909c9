-- Records of the other side that share a telling key with an open record.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT * FROM {{ source | name }} {{ away }}
WHERE {% for each in drivers %}{{ "   OR " if not loop.first }}hash({{ each.away | join(", ") }}) IN (SELECT hash({{ each.own | join(", ") }}) FROM {{ open_rows | name }} {{ own }})
{% endfor %}
