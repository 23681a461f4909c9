-- Records of the other side that share a telling key with an open record.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT * FROM {{ source | name }} {{ away }}
WHERE {% for each in drivers %}{{ "   OR " if not loop.first }}{% if each.away | length == 1 %}{{ each.away[0] }} IN (SELECT {{ each.own[0] }} FROM{% else %}hash({{ each.away | join(", ") }}) IN (SELECT hash({{ each.own | join(", ") }}) FROM{% endif %} {{ open_rows | name }} {{ own }})
{% endfor %}
