"""Turns the records of a month into the documents of its folder."""

from month.write.folder import documents, write_folder

__all__ = ["documents", "write_folder"]
