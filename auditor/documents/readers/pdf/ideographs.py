"""Radicals and compatibility ideographs as the ordinary ideographs they stand for.

Many Chinese PDFs map the glyph of an ordinary ideograph to a radical (⾏ for 行, ⺠ for 民): the page looks right and
no word of it is found. Full-width letters and digits stay as they are; they are folded where values are read.
"""

from __future__ import annotations

import unicodedata

# Radicals of the supplement have no compatibility mapping of their own, and U+2F3E would become the traditional 戶.
_SUPPLEMENT = (
    "⺀冫⺁厂⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢水"
    "⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴罓⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西"
    "⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阝⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫齊⻬齐⻭齒⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼾户"
)


def _table() -> dict[str, str]:
    table = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    table |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFB00)}
    return table | dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))


_FOLDED = _table()


def folded(character: str) -> str:
    """The ordinary ideograph for a radical or compatibility ideograph; any other character as it is."""
    return _FOLDED.get(character, character)
