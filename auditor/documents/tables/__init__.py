"""One grid to typed rows: found, claimed by a record type, typed, told apart, totalled, proved.

    finder, recognise, deciding, layout_claims, side_by_side   which tables a grid holds, and of what type each is
    surroundings, headings, heading_values                     what stands above, below and in the names around a table
    columns, filling, typed_rows, cell_problems                its columns typed step by step, and what is wrong in them
    movements, side_columns, proved_sides, flows               direction and amount of each row
    record_rows, rows, void                                    which rows are records, and what the others are
    totals, stated, printed, balances, figures_outside         what total rows, headings and footers state
    proving, results, unread_stretches                         proofs, the records, and what was not read
    matrix_bands, matrix, matrix_totals                        days on one axis, names on the other, totals at the edges
    evidence, answers, judged_claims, shaping                  what header words alone do not tell
"""
