-- The pass as it ends: clean pairs, chosen pairs, and every other record alone.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
SELECT lid, rid, mask FROM {{ pairs | name }}
WHERE (lid IS NULL OR lid NOT IN (FROM {{ contested }}_left)) AND (rid IS NULL OR rid NOT IN (FROM {{ contested }}_right))
UNION ALL
SELECT l._id, r._id, {{ mask }}
FROM {{ chosen | name }} c JOIN {{ left | name }} l ON l._id = c.lid JOIN {{ right | name }} r ON r._id = c.rid
WHERE c.lid IN (FROM {{ contested }}_left)
UNION ALL
SELECT l._id, NULL, 0 FROM {{ left | name }} l
WHERE l._id IN (FROM {{ contested }}_left) AND l._id NOT IN (SELECT lid FROM {{ chosen | name }})
UNION ALL
SELECT NULL, r._id, 0 FROM {{ right | name }} r
WHERE r._id IN (FROM {{ contested }}_right) AND r._id NOT IN (SELECT rid FROM {{ chosen | name }})
