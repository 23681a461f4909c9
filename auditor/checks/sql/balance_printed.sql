-- The rows of all chains as their documents are printed: each from top to bottom or from bottom to top, whichever breaks
-- less, then as its days go; documents by their days. A reader proves that order, whatever the dates beside rows say.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
WITH placed AS (
    SELECT r.*, s._document AS doc, coalesce(s._page, 0) AS page, coalesce(s._row, 0) AS line
    FROM {{ rows | name }} r JOIN {{ source }} s ON s._id = r._id),
both_ways AS (
    SELECT *, balance - sum(movement) OVER (PARTITION BY chain, doc, way ORDER BY way * page, way * line, _id) AS shift
    FROM placed CROSS JOIN (VALUES (1), (-1)) w(way)),
stated AS (
    SELECT *, shift <> lag(shift) OVER (PARTITION BY chain, doc, way ORDER BY way * page, way * line, _id) AS off
    FROM both_ways WHERE shift IS NOT NULL),
chosen AS (
    SELECT chain, doc, way
    FROM (SELECT chain, doc, way, count(*) FILTER (off) AS breaks, arg_max(day, (page, line)) - arg_min(day, (page, line)) AS days
          FROM stated GROUP BY chain, doc, way)
    QUALIFY row_number() OVER (PARTITION BY chain, doc ORDER BY breaks, way * coalesce(days, 0) DESC, way DESC) = 1),
documents AS (
    SELECT chain, doc, min(day) AS first_day, max(day) AS last_day FROM placed GROUP BY chain, doc)
SELECT p.* EXCLUDE (doc, page, line) REPLACE (
           row_number() OVER (PARTITION BY p.chain ORDER BY d.first_day, d.last_day, p.doc, coalesce(c.way, 1) * p.page,
                              coalesce(c.way, 1) * p.line, p._id) AS pos)
FROM placed p JOIN documents d ON d.chain = p.chain AND d.doc IS NOT DISTINCT FROM p.doc
LEFT JOIN chosen c ON c.chain = p.chain AND c.doc IS NOT DISTINCT FROM p.doc
