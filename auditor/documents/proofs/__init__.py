"""What shows that a reading is right: arithmetic, chains of balances, printed totals, on whole numbers.

    exact       amounts as whole numbers of 0.00001, and sums of them
    arithmetic  the sums and products that hold within a row
    balance     running balances, opening + movements = closing
    totals      printed totals and counts
"""
