-- The rows of the chains of which every document holds by itself as it is printed, from top to bottom or from bottom to
-- top, in that order: documents by their days. That is what the reader proves, whatever the dates beside the rows say.
CREATE OR REPLACE TEMP TABLE {{ table | name }} AS
WITH placed AS (
    SELECT r.*, s._document AS doc, coalesce(s._page, 0) AS page, coalesce(s._row, 0) AS line
    FROM {{ rows | name }} r JOIN {{ source }} s ON s._id = r._id),
both_ways AS (
    SELECT *, balance - sum(movement) OVER (PARTITION BY chain, doc, way ORDER BY way * page, way * line, _id) AS shift
    FROM placed CROSS JOIN (VALUES (1), (-1)) w(way)),
holding AS (
    SELECT chain, doc, way, arg_max(day, (page, line)) - arg_min(day, (page, line)) AS days
    FROM both_ways GROUP BY chain, doc, way HAVING count(DISTINCT shift) <= 1),
chosen AS (
    SELECT chain, doc, way FROM holding
    QUALIFY row_number() OVER (PARTITION BY chain, doc ORDER BY way * coalesce(days, 0) DESC, way DESC) = 1),
proved AS (
    SELECT chain FROM (SELECT DISTINCT chain, doc FROM placed) p LEFT JOIN chosen c USING (chain, doc)
    GROUP BY chain HAVING bool_and(c.way IS NOT NULL)),
documents AS (
    SELECT chain, doc, min(day) AS first_day, max(day) AS last_day FROM placed GROUP BY chain, doc)
SELECT p.* EXCLUDE (doc, page, line) REPLACE (
           row_number() OVER (PARTITION BY p.chain ORDER BY d.first_day, d.last_day, p.doc, c.way * p.page, c.way * p.line, p._id) AS pos)
FROM placed p SEMI JOIN proved USING (chain) JOIN chosen c USING (chain, doc) JOIN documents d USING (chain, doc)
