-- Accepted pairs that differ. `shown` keeps the bits that neither follow from another field nor are explained. A field
-- that is explained hides nothing: what it entails would be shown nowhere.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT lid, rid, mask, stage,
       mask & ~hidden & ~explained AS shown, mask & ~hidden & explained AS excused, reason
FROM (
    SELECT p.*, CAST(0{% for bit, hides in hidden %} | (CASE WHEN p.mask & ~p.explained & {{ bit }} <> 0 THEN {{ hides }} ELSE 0 END){% endfor %} AS HUGEINT) AS hidden
    FROM (
    SELECT p.*,
           CAST(0{% for number, bits, when in reasons %} | (CASE WHEN ({{ when }}) THEN {{ bits }} ELSE 0 END){% endfor %} AS HUGEINT) AS explained,
           CAST(CASE {% for number, bits, when in reasons %}WHEN p.mask & {{ bits }} <> 0 AND ({{ when }}) THEN {{ number }} {% endfor %}WHEN FALSE THEN 0 END AS INTEGER) AS reason
    FROM (SELECT lid, rid, CAST(mask & c.bits AS HUGEINT) AS mask, stage FROM {{ pair | name }}, {{ compared | name }} c
          WHERE mask <> 0 AND mask & c.bits <> 0 AND stage IN ({{ accepted | join(", ") }})) p
{% if reasons %}
    JOIN {{ left }} l ON l._id = p.lid
    JOIN {{ right }} r ON r._id = p.rid
{% endif %}
    ) p
)
