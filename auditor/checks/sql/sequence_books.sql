-- What is wrong with whole books.
INSERT INTO {{ found | name }} BY NAME
WITH books AS (FROM {{ standing | name }} WHERE NOT {{ "TRUE" if observed else "FALSE" }}),
-- a later book of the same holder begun while numbers of an earlier one were open: the first such book is reported
skipped AS (
    SELECT b.book, a.book AS earlier, b.begun AS moment, TRUE AS still_open
    FROM books a JOIN books b ON b.holder = a.holder AND a.book < b.book
    WHERE (a.issued IS NULL OR a.issued <= b.begun) AND (a.has_open OR a.last_used > b.begun)
      AND NOT {{ "TRUE" if independent else "FALSE" }}
    QUALIFY row_number() OVER (PARTITION BY a.book ORDER BY b.begun, b.book) = 1),
-- a book issued while an earlier one of the holder was in use, or was used up and should have come back before
early AS (
    SELECT b.book, a.book AS earlier, b.issued AS moment, a.has_open OR a.last_used > b.issued AS still_open
    FROM books a JOIN books b ON b.holder = a.holder AND a.book < b.book
    WHERE b.issued <= {{ end }}
      AND (a.has_open OR a.last_used > b.issued
           OR (a.unused = 0 AND a.touched AND (a.returned IS NULL OR a.returned > b.issued) AND a.due < b.issued))),
pairs AS (
    SELECT 'skipped_book' AS outcome, * FROM skipped UNION ALL SELECT 'book_issued_early', * FROM early),
counted AS (
    SELECT p.outcome, p.book, p.earlier,
           count(*) FILTER (s.state = 'unused' OR s.state = 'used' AND (s.used_date > p.moment
                            OR p.outcome = 'skipped_book' AND s.used_date = p.moment)) AS open
    FROM pairs p JOIN {{ states | name }} s ON s.book = p.earlier WHERE p.still_open GROUP BY ALL),
-- the papers with which the skipping book was begun
first_papers AS (
    SELECT s.book, list_sort(list_distinct(list(e._id))) AS ids
    FROM {{ states | name }} s JOIN (SELECT DISTINCT book FROM skipped) USING (book)
    JOIN books b USING (book) JOIN {{ seen_table | name }} e ON e.prefix = s.prefix AND e.n = s.n AND e.role = 'used'
    WHERE s.used AND s.used_date = b.begun GROUP BY s.book)
SELECT p.outcome, b._id AS book_id, list_concat([b._id], list(a._id ORDER BY a.book)) AS left_ids,
       CASE WHEN p.outcome = 'skipped_book' THEN coalesce(any_value(f.ids), []) ELSE [] END AS right_ids,
       b.book_no AS key, b.holder AS party, string_agg(a.book_no, '、' ORDER BY a.book) AS expected,
       CAST(sum(coalesce(c.open, 0)) AS VARCHAR) AS actual, p.moment AS date,
       CAST(json_object('open_books', list(json_object('book', a.book_no, 'open', coalesce(c.open, 0)) ORDER BY a.book),
                        'holder', b.holder) AS VARCHAR) AS criterion
FROM pairs p JOIN books b USING (book) JOIN books a ON a.book = p.earlier
LEFT JOIN counted c ON c.outcome = p.outcome AND c.book = p.book AND c.earlier = p.earlier
LEFT JOIN first_papers f ON f.book = p.book
GROUP BY p.outcome, p.moment, b._id, b.book_no, b.holder
UNION ALL BY NAME
SELECT 'book_not_returned' AS outcome, _id AS book_id, [_id] AS left_ids, [] AS right_ids, book_no AS key, holder AS party,
       CAST(due AS VARCHAR) AS expected, CAST(returned AS VARCHAR) AS actual, last_done AS date,
       CAST(json_object('finished', CAST(last_done AS VARCHAR), 'due', CAST(due AS VARCHAR), 'holder', holder) AS VARCHAR) AS criterion
FROM books WHERE unused = 0 AND touched AND due <= {{ end }} AND (returned IS NULL OR returned > {{ end }})
;
-- The first of the papers of each, for the rule's expressions.
UPDATE {{ found | name }} SET paper_id = p.paper_id
FROM (SELECT number, min(_id) AS paper_id
      FROM (SELECT rowid AS number, unnest(right_ids) AS _id FROM {{ found | name }}) SEMI JOIN {{ papers | name }} USING (_id)
      GROUP BY number) p
WHERE {{ found | name }}.rowid = p.number
