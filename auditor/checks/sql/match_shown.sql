-- The records of one side that outcomes name: free ones, and those of pairs and groups that are reported.
CREATE OR REPLACE TEMP TABLE {{ shown | name }} AS
SELECT * FROM {{ given }} WHERE _id IN (
    {{ alone }}
    UNION SELECT {{ own }} FROM {{ differing | name }}
{% if stages %}
    UNION SELECT {{ own }} FROM {{ pair | name }} WHERE stage IN ({{ stages | join(", ") }})
{% endif %}
    UNION SELECT unnest({{ rows }}) FROM {{ grouping | name }}
)
