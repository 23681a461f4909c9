"""One grid to typed rows: found, claimed by a record type, typed, told apart, totalled, proved.

    finder, recognise, deciding, layout_claims, side_by_side   which tables a grid holds, and of what type each is
    surroundings, headings, context                            what stands above, below and in the names around a table
    columns, filling, flows, void, typed_rows                  its columns typed, and which of its rows are records
    rows, labels, totals, stated, printed                      rows that are none: totals, balances, headings, notes
    proving, results                                           proofs, and the records with all that goes with them
"""
