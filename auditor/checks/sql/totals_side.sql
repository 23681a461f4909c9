-- One side of a comparison of totals: a row for each group, with its measures, its records and its currency.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT
{% for group in groups %}
       {{ group.value }} AS {{ ("_by_" ~ group.name) | name }},
       min({{ group.name | name }}) AS {{ group.name | name }},
       list(DISTINCT CAST({{ group.name | name }} AS VARCHAR)) AS {{ ("_texts_" ~ group.name) | name }},
{% if group.master %}
       min({{ (group.name ~ "__id") | name }}) AS {{ (group.name ~ "__id") | name }},
{% endif %}
{% endfor %}
{% for measure in measures %}
       CAST(coalesce({{ measure.value }}, 0) AS DECIMAL(38,5)) AS {{ measure.name | name }},
{% endfor %}
       {{ currency }} AS _currency,
       count(*) AS _rows,
       {{ ids }} AS _ids
FROM {{ source }} s
{% if groups %}
GROUP BY {% for group in groups %}{{ group.value }}{{ ", " if not loop.last }}{% endfor %}

{% endif %}
