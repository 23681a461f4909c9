"""The sample month: a freight forwarder's books of one month, made without random numbers.

`settings` says what to make, `build` makes the records of a month in which nothing is wrong, `plants` holds the errors
that can be planted in it, one function each, and `write` turns the records into the documents of the month's folder.
Amounts are whole 分, weights tenths of a kilogram, rates of surcharge tenths of a per cent.
"""
