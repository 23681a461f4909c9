"""Pages that are no table: a value stands beside, below or in the box of its label.

    page_forms      all forms of a document: those that titles claim, those that evidence tells, and what is left
    regions         which form layout claims a page, and where on it each form stands
    listed_pages    which of the pages with a form's title are a list of such records: these are left for the tables
    field_labels    by which labels the fields of a form are found
    label_places    labels on lines;  page_boxes  labels in ruled boxes;  line_tables  lines of items inside a form
    value_texts     what of a text beside a label is its value
    reading         one form to texts by field;  records  what that gives;  typed  texts to typed records with proofs

Of forms that no layout knows:

    printed_labels  labels by how they are printed;  recurring_labels  those without colons and boxes;
                    sheet_labels  those in cells
    label_blocks    where each form stands, and which are of one kind
    unknown_forms   what a kind of form is by evidence or an answer, and its records
"""
