"""What is decided once for a whole column: from all its values and what surrounds it, never by a default.

    decision        a decision and what it rests on, or that there is none
    decimal_mark    whether . or , stands before the decimals
    date_order      whether 03/04 is a day of March or of April
    years           the years of dates that state none
    zones           distances from UTC beside times
    sides           which amounts are money in and which are money out

Pure functions over texts and numbers; they know no table. What none of them can decide is a question for the user.
"""
