"""Receipts and invoices that no layout and no title block knows: lines of print with amounts at their ends.

labels     which label a text is, whatever stands around it
amounts    what of a text is an amount
figures    lines to labelled amounts
sums       which amount is the total, and what bears it out
items      the lines of goods, where they add up
naming     number, day, parties and currency
reading    all of it: which pages are such a paper, and its record

A paper is claimed by its arithmetic, or by its title with a number and a total; what is called by another name is left.
"""
