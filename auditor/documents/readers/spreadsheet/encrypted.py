"""Workbooks that ask for a password when they are opened: decrypted in memory with the first password that fits.

Known are the encryptions of Office 2007 and later (an OLE file with the stream `EncryptedPackage`, [MS-OFFCRYPTO]) and
those of xls workbooks (XOR, RC4, RC4 CryptoAPI).
"""

from __future__ import annotations

import io
import struct
import xml.parsers.expat
from collections.abc import Sequence
from typing import Any

import msoffcrypto
from msoffcrypto import exceptions

from auditor.documents.errors import EncryptedNotSupported, PasswordNeeded, TruncatedFile, WrongPassword

# Excel itself encrypts with this one where only the structure is protected, and opens such a file without asking.
_NO_PASSWORD = "VelvetSweatshop"
_DAMAGED = (
    exceptions.FileFormatError, exceptions.ParseError, xml.parsers.expat.ExpatError, struct.error, OSError, EOFError,
    ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError,
)  # fmt: skip


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE file says of itself that it is encrypted; False for one too damaged to say."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except (exceptions.DecryptionError, *_DAMAGED):
        return False


def decrypted(data: bytes, passwords: Sequence[str], *, form: str) -> bytes:
    """The workbook without its encryption. `form` is what messages call it; passwords are tried in order.

    Raises PasswordNeeded, WrongPassword, EncryptedNotSupported, TruncatedFile.
    """
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        for password in dict.fromkeys([_NO_PASSWORD, *filter(None, passwords)]):
            if _fits(office, password):
                return _without(office)
    except exceptions.DecryptionError as error:
        raise EncryptedNotSupported(format=form) from error
    except _DAMAGED as error:
        raise TruncatedFile(format=form, reason=str(error) or type(error).__name__) from error
    if passwords:
        raise WrongPassword(format=form, tried=len(passwords))
    raise PasswordNeeded(format=form)


def _fits(office: Any, password: str) -> bool:
    """Whether a password opens the file, told by the verifier that the file holds."""
    try:
        if office.format == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
    except exceptions.InvalidKeyError:
        return False
    except (UnicodeError, IndexError):  # characters or a length that this encryption has no form for
        return False
    return True


def _without(office: Any) -> bytes:
    content = io.BytesIO()
    try:
        office.decrypt(content)
    except exceptions.InvalidKeyError as error:  # the password fits, what comes out is no workbook
        raise exceptions.ParseError("the encrypted content is damaged") from error
    return content.getvalue()
