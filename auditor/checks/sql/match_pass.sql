-- One pass: every free record of both sides, with whatever fits it on the other side, or alone.
-- `mask` has a bit for each compared field that differs.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT l._id AS lid, r._id AS rid, {{ mask }} AS mask
{% if crowded %}
FROM (SELECT *, ({{ left_known }}) AND hash({{ left_keys | join(", ") }}) IN (FROM {{ crowded | name }}) AS _crowded
      FROM {{ left | name }} l) l
FULL JOIN (SELECT *, ({{ right_known }}) AND hash({{ right_keys | join(", ") }}) IN (FROM {{ crowded | name }}) AS _crowded
           FROM {{ right | name }} r) r
ON NOT l._crowded AND NOT r._crowded AND
{% else %}
FROM {{ left | name }} l
FULL JOIN {{ right | name }} r
ON
{% endif %}
   {{ conditions | join("\n   AND ") }}
{% if limit %}
LIMIT {{ limit }}
{% endif %}
