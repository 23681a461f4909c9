"""Archives: zip, tar, gz, bz2 and xz to their members, within bounds.

What an archive cannot give is a problem, the rest comes out all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from auditor import interrupts
from auditor.documents.errors import ArchiveLimit, DocumentError, TruncatedFile
from auditor.documents.identify import Format
from auditor.documents.storage import Member, Store, reason_of
from auditor.documents.tar_archives import unpack_stream, unpack_tar
from auditor.documents.zip_archives import unpack_zip


def unpack(
    stream: BinaryIO, name: str, form: Format, store: Store, passwords: Sequence[str] = ()
) -> Iterator[Member | DocumentError]:
    """The members of an archive, in its own order; problems of the archive itself come between them.

    `name` is the archive's file name (a gz names its one member by it). Never raises for what the archive holds.
    """
    try:
        if form is Format.ZIP:
            yield from unpack_zip(stream, store, passwords)
        elif form is Format.TAR:
            yield from unpack_tar(stream, store)
        else:
            yield from unpack_stream(stream, name, form, store)
    except ArchiveLimit as limit:
        yield limit
    except Exception as damage:  # noqa: BLE001 - libraries raise anything at hostile bytes; it is damage of the archive
        interrupts.check()
        yield TruncatedFile(format=form.value, reason=reason_of(damage))
