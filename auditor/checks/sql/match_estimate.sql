-- How many pairs the equalities alone would make: the records are counted in 4096 buckets by the hash of their keys,
-- and what equal keys add to the products of the buckets stands out from what chance puts there.
SELECT coalesce(sum(a.n * b.n), 0) - coalesce(sum(a.n), 0) * coalesce(sum(b.n), 0) // 4096
FROM (SELECT hash({{ left_keys | join(", ") }}) & 4095 AS bucket, CAST(count(*) AS HUGEINT) AS n
      FROM {{ left | name }} l WHERE {{ left_known }} GROUP BY bucket) a
FULL JOIN (SELECT hash({{ right_keys | join(", ") }}) & 4095 AS bucket, CAST(count(*) AS HUGEINT) AS n
           FROM {{ right | name }} r WHERE {{ right_known }} GROUP BY bucket) b USING (bucket)
