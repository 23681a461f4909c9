"""Facts of masters, and of what the month before left."""

from __future__ import annotations

from datetime import date

from month.amounts import yuan
from month.parties import ACCOUNTS, AFFILIATE, EMPLOYEES, OTHERS, PROVIDERS, Party, card_of
from month.write.forms import tax_id_of
from month.write.masters import POLICY_RATE

from houses.facts.freight import FreightFacts, Row, money

ACCOUNT = {account.id: account for account in ACCOUNTS}


class MasterFacts(FreightFacts):
    """Parties, people, accounts, and open items of the month before."""

    def parties(self) -> list[Row]:
        """Customers, providers, suppliers and the company itself."""
        own = Party("OWN", self.settings.company, ("捷远国际", "捷远货代"), "本公司", settlement="")
        return [
            {
                "party_id": party.id,
                "name": party.name,
                "aliases": "；".join(party.names),
                "short_name": party.names[0] if party.names else "",
                "kind": party.kind,
                "terms_days": party.terms,
                "settlement": party.settlement,
                "credit_limit": money(party.credit_limit or None),
                "currency": party.currency,
                "tax_id": self.settings.tax_id if party is own else tax_id_of(party.name),
            }
            for party in self.settings.order.of([*self.month.customers, *PROVIDERS, *OTHERS, own])
        ]

    def aliases(self) -> list[Row]:
        """Another name of a customer, and one that pays for a customer."""
        return [
            {"party_id": "C01", "alias": "深圳恒昌", "relation": "简称", "authority": "", "valid_from": None},
            {
                "party_id": AFFILIATE[0],
                "alias": AFFILIATE[1],
                "relation": AFFILIATE[2],
                "authority": AFFILIATE[3],
                "valid_from": date(self.settings.year, 1, 1),
            },
        ]

    def employees(self) -> list[Row]:
        """The company's people."""
        return [
            {
                "name": person.name,
                "role": person.role,
                "station": person.station,
                "station_name": person.place,
                "approval_limit": money(person.limit or None),
                "account_no": card_of(person.name),
            }
            for person in self.settings.order.of(EMPLOYEES)
        ]

    def accounts(self) -> list[Row]:
        """The company's accounts, its wallet and its till."""
        return [
            {
                "account_id": account.id,
                "name": account.name,
                "bank": account.bank,
                "account_no": account.number,
                "kind": account.kind,
                "currency": account.currency,
                "aliases": account.aliases,
                "gl_account": account.gl,
                "opened": date.fromisoformat(account.opened),
                "closed": None,
            }
            for account in self.settings.order.of(ACCOUNTS)
        ]

    def rates(self) -> list[Row]:
        """The exchange rate of the month."""
        return [{"date": self.days.first, "currency": "USD", "rate": POLICY_RATE}]

    def prior(self) -> list[Row]:
        """What customers owed at the end of the month before."""
        return [
            {
                "customer": self.month.name(each.customer),
                "customer_id": each.customer,
                "date": self.days.before(1),
                "currency": each.currency,
                "source_bill": each.source,
                "arrears": yuan(each.arrears),
                "credit": yuan(each.credit),
                "due": each.due,
                "remark": each.remark,
            }
            for each in self.settings.order.of(self.month.prior)
        ]

    def outstanding(self) -> list[Row]:
        """Items outstanding since before the month."""
        return [
            {
                "account": item.account,
                "date": item.date,
                "kind": item.kind,
                "reference": item.reference,
                "counterparty": item.counterparty,
                "summary": item.summary,
                "amount": yuan(item.amount),
                "currency": ACCOUNT[item.account].currency,
            }
            for item in self.settings.order.of(self.month.outstanding)
        ]
