"""The YAML alone: layouts of tables and of forms, loaded strictly. Knows no reader, no grid and no table.

    layout, loader   what headers of one kind of table cannot say, and the files that say it
    form_layouts     where on a form each value stands
"""
