-- Candidates for a nearest miss: records of the other side that share a telling value with an open record, unless too
-- many of them have it.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
{% for each in drivers %}
{% set own_key = each.own[0] if each.own | length == 1 else "hash(" ~ (each.own | join(", ")) ~ ")" %}
{% set away_key = each.away[0] if each.away | length == 1 else "hash(" ~ (each.away | join(", ")) ~ ")" %}
{{ "UNION" if not loop.first }}
SELECT o._id AS own, a._id AS away
FROM (SELECT {{ own }}._id, {{ own_key }} AS k FROM {{ seeking | name }} {{ own }}) o
JOIN (SELECT * FROM (SELECT {{ away }}._id, {{ away_key }} AS k FROM {{ source | name }} {{ away }})
      WHERE k IN (SELECT {{ own_key }} FROM {{ seeking | name }} {{ own }})
      QUALIFY count(*) OVER (PARTITION BY k) <= {{ fan_out }}) a ON a.k = o.k
{% endfor %}
