-- What is wrong with whole books.
INSERT INTO {{ found | name }}
WITH books AS (FROM {{ standing | name }}),
-- a later book of the same holder begun while numbers of an earlier one were open: the first such book is reported
skipped AS (
    SELECT b.book, a.book AS earlier
    FROM books a JOIN books b ON b.holder = a.holder AND a.book < b.book
    WHERE (a.issued IS NULL OR a.issued <= b.begun) AND (a.has_open OR a.last_used > b.begun)
      AND NOT {{ "TRUE" if independent else "FALSE" }}
    QUALIFY row_number() OVER (PARTITION BY a.book ORDER BY b.begun, b.book) = 1),
-- a book issued while an earlier one of the holder was in use, or was used up and should have come back before
early AS (
    SELECT b.book, a.book AS earlier
    FROM books a JOIN books b ON b.holder = a.holder AND a.book < b.book
    WHERE b.issued <= {{ end }}
      AND (a.has_open OR a.last_used > b.issued
           OR (a.unused = 0 AND a.touched AND (a.returned IS NULL OR a.returned > b.issued)
               AND coalesce(next_working_day(a.last_done, {{ return_within }}), a.last_done + {{ return_within }}) < b.issued))),
pairs AS (
    SELECT 'skipped_book' AS outcome, s.*, b.begun AS moment FROM skipped s JOIN books b USING (book)
    UNION ALL SELECT 'book_issued_early', e.*, b.issued FROM early e JOIN books b USING (book)),
open_numbers AS (
    SELECT p.outcome, p.book, p.earlier, p.moment,
           count(*) FILTER (s.state = 'unused' OR s.state = 'used' AND (s.used_date > p.moment
                            OR p.outcome = 'skipped_book' AND s.used_date = p.moment)) AS open
    FROM pairs p JOIN {{ states | name }} s ON s.book = p.earlier GROUP BY ALL)
SELECT o.outcome, b._id, list_concat([b._id], list(a._id ORDER BY a.book)),
       CASE WHEN o.outcome = 'skipped_book'
            THEN coalesce((SELECT list_sort(list_distinct(flatten(list(s.used_ids)))) FROM {{ states | name }} s
                           WHERE s.book = b.book AND s.used AND s.used_date = b.begun), []) ELSE [] END,
       b.book_no, b.holder, string_agg(a.book_no, '、' ORDER BY a.book), CAST(sum(o.open) AS VARCHAR), NULL, NULL, o.moment,
       CAST(json_object('open_books', list(json_object('book', a.book_no, 'open', o.open) ORDER BY a.book), 'holder', b.holder) AS VARCHAR)
FROM open_numbers o JOIN books b USING (book) JOIN books a ON a.book = o.earlier
GROUP BY o.outcome, o.moment, b._id, b.book, b.book_no, b.holder, b.begun
UNION ALL
SELECT 'book_not_returned', b._id, [b._id], [], b.book_no, b.holder, CAST(due AS VARCHAR), CAST(b.returned AS VARCHAR), NULL, NULL, b.last_done,
       CAST(json_object('finished', CAST(b.last_done AS VARCHAR), 'due', CAST(due AS VARCHAR), 'holder', b.holder) AS VARCHAR)
FROM (SELECT *, coalesce(next_working_day(last_done, {{ return_within }}), last_done + {{ return_within }}) AS due FROM books) b
WHERE b.unused = 0 AND b.touched AND b.due <= {{ end }} AND (b.returned IS NULL OR b.returned > {{ end }})

;
-- The first of the papers of each, for the rule's expressions.
ALTER TABLE {{ found | name }} ADD COLUMN paper_id BIGINT
;
UPDATE {{ found | name }} SET paper_id = p.paper_id
FROM (SELECT number, min(_id) AS paper_id
      FROM (SELECT rowid AS number, unnest(right_ids) AS _id FROM {{ found | name }}) SEMI JOIN {{ papers | name }} USING (_id)
      GROUP BY number) p
WHERE {{ found | name }}.rowid = p.number
