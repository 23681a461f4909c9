-- Records with more than one candidate, and the candidates: nothing is decided about them by the join alone.
CREATE OR REPLACE TEMP TABLE {{ table }}_left AS
WITH edges AS (SELECT lid, rid FROM {{ pairs | name }} WHERE lid IS NOT NULL AND rid IS NOT NULL),
     several AS (SELECT lid FROM edges GROUP BY lid HAVING count(*) > 1),
     shared AS (SELECT rid FROM edges GROUP BY rid HAVING count(*) > 1)
SELECT DISTINCT lid AS id FROM edges WHERE lid IN (FROM several) OR rid IN (FROM shared)
{% if crowded %}
UNION SELECT _id FROM {{ left | name }} l WHERE {{ left_known }} AND hash({{ left_keys | join(", ") }}) IN (FROM {{ crowded | name }})
{% endif %}
;
CREATE OR REPLACE TEMP TABLE {{ table }}_right AS
SELECT DISTINCT rid AS id FROM {{ pairs | name }}
WHERE rid IS NOT NULL AND lid IN (FROM {{ table }}_left)
{% if crowded %}
UNION SELECT _id FROM {{ right | name }} r WHERE {{ right_known }} AND hash({{ right_keys | join(", ") }}) IN (FROM {{ crowded | name }})
{% endif %}
