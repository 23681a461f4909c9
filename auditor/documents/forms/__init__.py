"""Pages that are no table: a value stands beside, below or in the box of its label.

    regions       which form layout claims a page, and where on it each form stands
    label_places  labels on lines;  page_boxes  labels in ruled boxes;  line_tables  lines of items inside a form
    value_texts   what of a text beside a label is its value
    reading       one form to texts by field;  records  what that gives;  typed  texts to typed records with proofs
"""
