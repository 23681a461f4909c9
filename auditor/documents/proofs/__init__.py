"""What shows that a reading is right: arithmetic, chains of balances, printed totals, on whole numbers.

    exact       amounts as whole numbers of 0.00001, and sums of them
    relations   the products, sums and differences that record types declare
    arithmetic  the proofs inside a row: relations and check digits
    links       the links between the balances of rows in one order
    order       the order of rows that their balances prove
    balance     running balances, opening + movements = closing
    totals      printed totals and counts
    fields      what all of them say of each field of a record
"""
