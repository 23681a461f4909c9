-- Values of the keys that several records have on both sides: joined as they are they would make too many pairs.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT h
FROM (SELECT hash({{ left_keys | join(", ") }}) AS h FROM {{ left | name }} l WHERE {{ left_known }}
      GROUP BY h HAVING count(*) > 1)
SEMI JOIN (SELECT hash({{ right_keys | join(", ") }}) AS h FROM {{ right | name }} r WHERE {{ right_known }}
           GROUP BY h HAVING count(*) > 1) USING (h)
