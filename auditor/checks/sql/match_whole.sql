-- The free records of a side in groups that are equal in the keys of the pass and in the fields of `whole`; without
-- fields each record is a group of its own.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT {% for key in keys %}k{{ loop.index0 }}, {% endfor %}{% for field in fields %}f{{ loop.index0 }}, {% endfor %}
       list(_id ORDER BY _id) AS ids, sum(_measure) AS total, count(*) AS n
FROM (
    SELECT {% for key in keys %}{{ key }} AS k{{ loop.index0 }}, {% endfor %}
{% for field in fields %}
           g.{{ field | name }} AS f{{ loop.index0 }},
{% endfor %}
           {{ alias }}._id, {{ alias }}._measure
    FROM {{ free | name }} {{ alias }} JOIN {{ given }} g ON g._id = {{ alias }}._id
)
WHERE {% for key in keys %}k{{ loop.index0 }} IS NOT NULL AND {% endfor %}{% for field in fields %}f{{ loop.index0 }} IS NOT NULL AND {% endfor %}_measure <> 0
GROUP BY {% for key in keys %}k{{ loop.index0 }}{{ ", " if not loop.last }}{% endfor %}{% for field in fields %}, f{{ loop.index0 }}{% endfor %}{{ "" if fields else ", _id" }}
