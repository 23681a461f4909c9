"""The package of the month and the accountant's books: folders 16 and 17."""

from __future__ import annotations

from month.amounts import yuan
from month.days import Days
from month.ledgers import NAMES
from month.parties import ACCOUNTS
from month.records import Month
from month.settings import Settings
from month.write.xlsx import Book, one_list

_ACCOUNTS = {account.id: account for account in ACCOUNTS}


def closing_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """All of them by path."""
    return _package(settings, days, month) | _general_ledger(settings, month)


def _package(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    order = settings.order
    return {
        "16期末盘点/本月报销金额统计表.xlsx": one_list(
            "报销金额统计表",
            f"本月报销金额统计表 {settings.title}",
            (
                ("费用类别", lambda line: line[0]),
                ("报销单数", lambda line: line[1][0]),
                ("本月报销金额", lambda line: yuan(line[1][1])),
            ),
            list(month.summary.items()),
        ),
        "16期末盘点/银行及现金结余表.xlsx": one_list(
            "银行及现金结余表",
            f"银行及现金结余表 {settings.title}",
            (
                ("账户名称", lambda line: _ACCOUNTS[line.account].name),
                ("截止日期", lambda _: days.last),
                ("币种", lambda line: _ACCOUNTS[line.account].currency),
                ("期初余额", lambda line: yuan(line.opening)),
                ("本期收入", lambda line: yuan(line.money_in)),
                ("本期支出", lambda line: yuan(line.money_out)),
                ("期末结余", lambda line: yuan(line.closing)),
            ),
            order.of(month.closings),
        ),
        "16期末盘点/问题件统计表.xlsx": one_list(
            "问题件统计表",
            f"问题件统计表 {settings.title}",
            (
                ("联络单号", lambda line: line.memo_no),
                ("登记日期", lambda line: line.date),
                ("清单号", lambda line: line.slip_no),
                ("客户名称", lambda line: month.name(line.customer)),
                ("问题类型", lambda line: line.problem),
                ("处理结果", lambda line: line.result),
            ),
            order.of(month.problems),
        ),
        "16期末盘点/期末盘点表.xlsx": _stock(settings, days, month),
    }


def _stock(settings: Settings, days: Days, month: Month) -> bytes:
    book = Book()
    sheet = book.sheet("期末盘点表")
    sheet.listing(
        f"期末盘点表 {settings.title}",
        (
            ("盘点项目", lambda line: line.item),
            ("单位", lambda line: line.unit),
            ("账存数量", lambda line: line.book),
            ("实盘数量", lambda line: line.counted),
            ("差异数量", lambda line: line.counted - line.book),
            ("备注", lambda _: ""),
        ),
        settings.order.of(month.stock),
    )
    sheet.gap()
    sheet.pairs(("盘点日", days.last), ("制单", "林晓"), ("复核", "赵敏"))
    return book.data()


def _general_ledger(settings: Settings, month: Month) -> dict[str, bytes]:
    order = settings.order
    return {
        "17总账/记账凭证.xlsx": one_list(
            "记账凭证",
            f"记账凭证 {settings.title}",
            (
                ("凭证字号", lambda line: line.number),
                ("凭证日期", lambda line: line.date),
                ("摘要", lambda line: line.summary),
                ("科目编码", lambda line: line.account),
                ("科目名称", lambda line: NAMES[line.account]),
                ("借方金额", lambda line: yuan(line.amount) if line.amount > 0 else None),
                ("贷方金额", lambda line: yuan(-line.amount) if line.amount < 0 else None),
                ("币种", lambda line: line.currency),
                ("附单据数", lambda line: line.attachments),
                ("制单人", lambda _: "赵敏"),
                ("审核人", lambda _: "陈立"),
            ),
            order.of(month.vouchers),
        ),
        "17总账/科目余额表.xlsx": one_list(
            "科目余额表",
            f"科目余额表 {settings.title}",
            (
                ("科目编码", lambda line: line.account),
                ("科目名称", lambda line: NAMES[line.account]),
                ("币种", lambda line: line.currency),
                ("期初余额", lambda line: yuan(line.opening)),
                ("本期借方", lambda line: yuan(line.debit)),
                ("本期贷方", lambda line: yuan(line.credit)),
                ("期末余额", lambda line: yuan(line.closing)),
            ),
            order.of(month.trial),
        ),
    }
