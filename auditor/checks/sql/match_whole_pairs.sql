-- Groups of both sides that make the same sum, three records or more, of which every one fits every one of the other side.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT row_number() OVER (ORDER BY a.ids, b.ids) AS pair, a.ids AS left_rows, b.ids AS right_rows
FROM {{ left | name }} a JOIN {{ right | name }} b
  ON {% for key in keys %}a.k{{ key }} = b.k{{ key }} AND {% endfor %}{% for field in fields %}a.f{{ field }} = b.f{{ field }} AND {% endfor %}{{ sums }}
WHERE a.n + b.n > 2
{% if short %}
  AND ((a.n = 1 AND abs(b.total) < abs(a.total)) OR (b.n = 1 AND abs(a.total) < abs(b.total)))
{% endif %}
;
DELETE FROM {{ table | name }} WHERE pair NOT IN (
    SELECT p.pair
    FROM (SELECT pair, unnest(left_rows) AS lid FROM {{ table | name }}) p
    JOIN (SELECT pair, unnest(right_rows) AS rid FROM {{ table | name }}) q ON q.pair = p.pair
    JOIN {{ free_left | name }} l ON l._id = p.lid JOIN {{ free_right | name }} r ON r._id = q.rid
    JOIN {{ table | name }} t ON t.pair = p.pair
    WHERE {{ conditions | join("\n    AND ") }}
    GROUP BY p.pair HAVING count(*) = any_value(len(t.left_rows) * len(t.right_rows))
)
