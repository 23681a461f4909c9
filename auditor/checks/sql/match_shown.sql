-- The records of one side that outcomes and nearest misses name.
CREATE OR REPLACE TEMP TABLE {{ shown | name }} AS
SELECT * FROM {{ given }} WHERE _id IN (
    SELECT _id FROM {{ open_own | name }}
    UNION SELECT twin FROM {{ open_own | name }} WHERE twin IS NOT NULL
    UNION SELECT other FROM {{ open_away | name }} WHERE other IS NOT NULL
    UNION SELECT {{ own }} FROM {{ differing | name }}
{% if stages %}
    UNION SELECT {{ own }} FROM {{ pair | name }} WHERE stage IN ({{ stages | join(", ") }})
{% endif %}
{% if candidates %}
    UNION SELECT away FROM {{ candidates | name }}
{% endif %}
{% for set in sets %}
    UNION SELECT unnest({{ rows }}) FROM {{ set | name }}
{% endfor %}
)
