"""Whose an account is: a company's name that stands where the account might."""

from __future__ import annotations

from auditor.documents.identity.graph import Identities
from auditor.documents.identity.keys import ACCOUNT, PARTY
from auditor.documents.identity.names import has_legal_form


def is_holder(text: str, identities: Identities) -> bool:
    """Whether a text where an account may stand is the name of its holder: of the audited company, of a known partner,
    or of any company by its legal form; a name with figures may be that of an account."""
    if not text or any(map(str.isdigit, text)):
        return False
    known = identities.resolve(text, ACCOUNT).nodes
    return not known and (
        has_legal_form(text) or identities.is_own(text) or bool(identities.resolve(text, PARTY).nodes)
    )
