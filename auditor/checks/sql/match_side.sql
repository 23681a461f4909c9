-- One side of a match: what decides, the measure with its sign, who is meant, and the numbers of working days.
CREATE OR REPLACE TEMP {{ kind }} {{ table | name }} AS
SELECT s._id,
{% for field in fields %}
       {{ field.value }} AS {{ field.name | name }},
{% endfor %}
{% for party in parties %}
       {{ party.value }} AS {{ party.name | name }},
{% endfor %}
{% for day in working %}
       {{ ("c" ~ loop.index) | name }}.working_number AS {{ day.name | name }},
{% endfor %}
       {{ measure }} AS _measure
FROM {{ source }} s
{% for day in working %}
LEFT JOIN calendar_day {{ ("c" ~ loop.index) | name }} ON {{ ("c" ~ loop.index) | name }}.day = s.{{ day.field | name }}
{% endfor %}
