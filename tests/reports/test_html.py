"""report.html: what the first page says, both languages, hostile text, nothing from outside."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fixture import HOSTILE, LINK, clean_result, large_result, result

from auditor.findings.model import AuditResult
from auditor.reports.html import report_html


class Page(HTMLParser):
    """The text of a page in one language, its tags, its attributes."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._other = {"zh": "en", "en": "zh"}[lang]
        self._hidden: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if tag not in ("meta", "input", "br", "link", "img"):
            self._open.append((tag, tag in ("style", "script") or given.get("lang") == self._other))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def page(text: str, lang: str = "zh") -> Page:
    read = Page(lang)
    read.feed(text)
    return read


@pytest.fixture(scope="module")
def html() -> str:
    return report_html(result(), "zh")


def test_two_runs_are_equal(html: str) -> None:
    assert report_html(result(), "zh") == html


def test_it_opens_in_the_language_asked_for_and_holds_both(html: str) -> None:
    english = report_html(result(), "en")
    assert '<html lang="zh-CN">' in html
    assert '<html lang="en">' in english
    assert re.search(r'id="lang-zh" class="away" checked', html)
    assert re.search(r'id="lang-en" class="away" checked', english)
    assert "暂不能关账" in page(html, "zh").text
    assert "Not yet" in page(html, "en").text
    assert "Not yet" not in page(html, "zh").text


def test_english_leaves_no_chinese_words_of_ours(html: str) -> None:
    shown = page(html, "en").text
    for word in ("涉及金额", "审核覆盖面", "已解释", "银行存款余额调节表", "高等级", "合计栏"):
        assert word not in shown


def test_text_of_documents_stays_text(html: str) -> None:
    assert "<script>alert" not in html
    read = page(html)
    assert read.tags.count("script") == 1
    assert HOSTILE in read.text
    assert "49" not in [word.strip() for word in read.words]


def test_nothing_comes_from_outside(html: str) -> None:
    read = page(html)
    for tag, name, value in read.attributes:
        if name in ("src", "href", "action", "data", "poster", "srcset"):
            assert value.startswith("#"), (tag, name, value)
        assert not name.startswith("on"), (tag, name)
    assert LINK in read.text
    assert not {"iframe", "object", "embed", "link", "img"} & set(read.tags)
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "@import" not in html


def test_the_policy_lets_in_the_style_and_the_script(html: str) -> None:
    import base64
    import hashlib

    for name in ("style", "script"):
        body = re.search(rf"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert body
        digest = base64.b64encode(hashlib.sha256(body.group(1).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in html.replace("&#39;", "'")


def test_the_first_page_says_why_not(html: str) -> None:
    shown = page(html).text
    assert "高等级例外 13 项未结" in shown
    assert "1 条规则因缺少资料未执行" in shown
    assert "1 条规则执行失败" in shown
    assert "3 份资料有未能读取的内容" in shown
    assert "1 个账户或现金未核对平" in shown


def test_a_month_without_exceptions_can_be_closed() -> None:
    assert "可以关账" in page(report_html(clean_result(), "zh")).text


def test_money_is_added_up_by_kind_and_currency(html: str) -> None:
    shown = page(html).text
    assert re.search(r"少收客户款（漏计、少计） 2 CNY 4,679\.80 -4,679\.80 BIL-01", shown)
    assert re.search(r"多收客户款（多计、重复） 2 CNY 1,478\.78 \+1,478\.78 BIL-02 BIL-06", shown)
    assert re.search(r"银行日记账差错 2 CNY 36,000\.00 -24,000\.00 BNK-02 BNK-04", shown)
    assert re.search(r"银行流水不完整或长期未达 1 USD 25\.00 -25\.00 BNK-08", shown)


def test_populations_are_shown_conserved(html: str) -> None:
    shown = page(html).text
    assert re.search(r"凭据方 收货清单（有效） 417 316,791\.82 0 0\.00 2 1,679\.80 419 318,471\.62 ✓", shown)
    assert re.search(r"被审方 统计报表登记 417 316,356\.54 1 1\.00 2 4,404\.15 420 320,761\.69 ✓", shown)


def test_both_sides_stand_beside_each_other_with_the_field_at_issue(html: str) -> None:
    shown = page(html).text
    assert re.search(r"≠ 件数 9 6", shown)
    assert "-3 件／票／张" in shown


def nearest(used: bool, agrees: tuple[str, ...]) -> AuditResult:
    """The result in which the nearest miss of the unbilled slip is matched or not, and agrees in these fields."""
    whole = result()
    near = next(each for each in whole.findings if each.nearest).nearest[0]
    changed = replace(near, used=used, agrees=agrees)
    return replace(whole, findings=tuple(replace(f, nearest=(changed,)) if f.nearest else f for f in whole.findings))


def test_the_nearest_miss_says_what_fails_and_by_how_much() -> None:
    shown = page(report_html(nearest(False, ("customer", "date")), "zh")).text
    assert re.search(r"最接近的记录 SH26-004293 .*?✗ 件数 3 ≠ 6 差 3", shown)
    assert re.search(r"✗ \S+ 1,544\.29 ≠ 1,413\.72 差 -130\.57", shown)


@pytest.mark.parametrize(
    ("used", "agrees", "said"),
    [
        (True, ("customer", "date"), "没有相近的记录（最近的是 SH26-004293，已与他项勾对）。"),
        (True, ("customer",), "没有相近的记录（最近的是 SH26-004293，已与他项勾对）。"),
        (False, ("customer",), "没有相近的记录（最近的是 SH26-004293，相差甚远）。"),
        (False, (), "没有相近的记录（最近的是 SH26-004293，相差甚远）。"),
    ],
)
def test_a_stranger_is_no_nearest_miss(used: bool, agrees: tuple[str, ...], said: str) -> None:
    shown = page(report_html(nearest(used, agrees), "zh")).text
    assert said in shown
    assert "✗ 件数" not in shown
    assert "1,413.72" not in shown


def test_what_follows_from_another_is_folded_under_it(html: str) -> None:
    shown = page(html).text
    assert re.search(r"归并于此的例外（1） BIL-02 SH26-004242 账单无清单", shown)
    assert re.search(r"可能由此引起的例外 1 项 BIL-01 SH26-004999", shown)


def test_statements_have_two_sides(html: str) -> None:
    shown = page(html).text
    assert re.search(r"银行对账单余额 200,236\.35 企业账面余额 167,317\.60", shown)
    assert re.search(r"调节后银行余额 216,658\.35 更正后账面余额 216,658\.35", shown)


def test_many_exceptions_are_capped_and_the_page_says_so() -> None:
    text = report_html(large_result(5000), "zh")
    read = page(text)
    assert "此处列示 200 项（按等级和金额），其余 4,800 项见 report.xlsx 与 findings.json。" in read.text
    assert 'class="key">SH26-005000<' in text
    assert 'class="key">SH26-004800<' not in text
    assert len(text) < 2_000_000


def test_every_anchor_leads_somewhere(html: str) -> None:
    read = page(html)
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for _, name, value in read.attributes:
        if name == "href" and value != "#":
            assert value[1:] in ids, value
