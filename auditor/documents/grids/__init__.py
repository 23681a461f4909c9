"""Words with boxes to grids of cells; a page of a PDF is no sheet until then.

    lines          words that stand on one line, and lines that belong together;  value_patterns  dates and amounts
    ruled_tables   cells between ruled lines;  spanning_cells  numbers in cells over several columns
    word_tables    headers without lines;  tracks, column_decision, columns  their columns from shared edges
    table_rows     one row from the next, by white space (row_bands) or by a column that never wraps (line_sharing)
    page_tables    the tables of consecutive pages put together;  page_plans, pages_beside  what stands where on them
"""
