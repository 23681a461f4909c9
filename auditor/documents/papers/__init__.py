"""Labelled papers: a title, blocks of `Label: value`, rows `- Label value | Label value`, over pages.

printed_lines   pages of words to lines with what shows where one thing ends
model           what a paper is made of
outline         lines to papers: titles, blocks, labels with their values, rows
labelled_rows   rows without a header: the labels that recur at the beginning of their parts
line_tables     tables of lines inside a paper, with a header
title_lines     a title beside a label, as a line of its own
made_once       what is made of the record types that hold
titles          what kind of paper a title names
numbers         numbers behind labels that no word names: of the paper itself, of others
fields          labels to the fields of a record type
figures         every figure of a paper, known label or not
statement_rows  the rows of a bank statement as a table
reading         all of it for the pages of a document
"""
