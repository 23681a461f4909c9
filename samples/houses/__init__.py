"""The sample month as other companies would write it: the same facts and planted errors, in other words and forms.

`facts` gives the month's records as rows, `writing` has what all houses write with and keeps the truth of what each
table is; a house is a package with `house()`, which fills a folder. The words of the houses are written from the
descriptions of the trade, not from the words by which the program recognises documents.
"""
