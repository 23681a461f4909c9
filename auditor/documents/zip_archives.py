"""Zip archives to their members, as the many programs that write them do it."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from auditor import interrupts
from auditor.documents.errors import (
    ArchiveLimit,
    DocumentError,
    EncryptedNotSupported,
    MemberNotRead,
    PasswordNeeded,
    TruncatedFile,
    UnsafeMemberName,
    WrongPassword,
)
from auditor.documents.member_names import safe_name, zip_names
from auditor.documents.storage import Content, Member, Store, reason_of
from auditor.documents.zip_directory import PlainDirectory

_AES = 99


def unpack_zip(stream: BinaryIO, store: Store, passwords: Sequence[str]) -> Iterator[Member | DocumentError]:
    """The members in the order of the directory; a problem where they are fewer than the archive says."""
    directory = PlainDirectory(stream)
    with zipfile.ZipFile(cast(BinaryIO, directory)) as archive:
        infos = archive.infolist()
        if directory.stated is not None and directory.stated != len(infos) % 0x10000:
            yield TruncatedFile(format="zip", reason=f"it states {directory.stated} members and lists {len(infos)}")
        for info, name in zip(infos, zip_names(infos, directory.flagged), strict=True):
            if name.endswith(("/", "\\")):
                continue
            store.count()
            safe = safe_name(name)
            mode = info.external_attr >> 16
            if safe is None or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
                yield UnsafeMemberName(member=name)
                continue
            yield _zip_member(archive, info, safe, store, passwords)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, store: Store, passwords: Sequence[str]
) -> Member:
    try:
        if info.flag_bits & 1:
            return Member(name, _decrypted(archive, info, store, passwords))
        with archive.open(info) as stream:
            return Member(name, store.keep(stream, info.compress_size))
    except ArchiveLimit:
        raise
    except DocumentError as problem:
        return Member(name, None, problem)
    except Exception as error:  # noqa: BLE001 - what a library raises at hostile bytes is damage of this member
        interrupts.check()
        return Member(name, None, MemberNotRead(reason=reason_of(error)))


def _decrypted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, store: Store, passwords: Sequence[str]) -> Content:
    if info.compress_type == _AES:
        raise EncryptedNotSupported(format="zip (AES)")
    if not passwords:
        raise PasswordNeeded(format="zip")
    for password in passwords:
        # Chinese Windows tools encode the password in GBK, others in UTF-8.
        for secret in dict.fromkeys((password.encode("utf-8"), password.encode("gb18030"))):
            try:
                with archive.open(info, pwd=secret) as stream:
                    return store.keep(stream, info.compress_size)
            except (RuntimeError, zipfile.BadZipFile, zlib.error):
                # The check of a zip password is one byte; a wrong one may pass it and then give rubbish.
                continue
    raise WrongPassword(format="zip", tried=len(passwords))
