"""From a folder to records: every file accounted for, every value with its source.

    collect, identify, archives, workers   the files of a folder, what they are, a process for each
    readers    bytes to pages, one format a module
    grids      a page of words to grids of cells
    tables, forms   cells to typed records; `fields` is the one way from text to value
    read       one document, from bytes to records, proofs and problems;  store  the records into the engine
"""
