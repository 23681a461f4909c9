"""Words with boxes to grids of cells; a page of a PDF is no sheet until then.

lines         words that stand on one line, and lines that belong together
ruled_tables  cells between ruled lines
word_tables   columns from where words stand, without lines; `table_rows` tells one row from the next
page_tables   the tables of consecutive pages put together
"""
