-- Pairs of classes of which each is the other's one best candidate.
CREATE OR REPLACE TEMP TABLE {{ taken | name }} AS
SELECT lc, rc, least(l.n, r.n) AS k
FROM (
    SELECT lc, rc,
           score = min(score) OVER (PARTITION BY lc) AND count(*) OVER (PARTITION BY lc, score) = 1 AS best_of_left,
           score = min(score) OVER (PARTITION BY rc) AND count(*) OVER (PARTITION BY rc, score) = 1 AS best_of_right
    FROM {{ edges | name }}
)
JOIN {{ left | name }} l ON l.c = lc
JOIN {{ right | name }} r ON r.c = rc
WHERE best_of_left AND best_of_right
;
INSERT INTO {{ chosen | name }}
SELECT unnest(l.ids[:CAST(k AS BIGINT)]), unnest(r.ids[:CAST(k AS BIGINT)])
FROM {{ taken | name }} JOIN {{ left | name }} l ON l.c = lc JOIN {{ right | name }} r ON r.c = rc
;
UPDATE {{ left | name }} SET n = n - k, ids = ids[CAST(k AS BIGINT) + 1:] FROM {{ taken | name }} WHERE c = lc
;
UPDATE {{ right | name }} SET n = n - k, ids = ids[CAST(k AS BIGINT) + 1:] FROM {{ taken | name }} WHERE c = rc
;
DELETE FROM {{ edges | name }}
WHERE lc IN (SELECT c FROM {{ left | name }} WHERE n = 0) OR rc IN (SELECT c FROM {{ right | name }} WHERE n = 0)
