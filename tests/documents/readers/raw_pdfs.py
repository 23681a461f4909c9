"""PDFs written object by object, for what reportlab cannot write: fonts that are not embedded, layers, odd glyphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PAGE = "/MediaBox[0 0 595 842]"
_FIRST_OWN = 20  # numbers of the objects that a test brings


def raw_pdf(
    content: bytes,
    *,
    fonts: Mapping[str, str] = {},
    objects: Mapping[int, bytes] = {},
    resources: str = "",
    page: str = PAGE,
    catalogue: str = "",
) -> bytes:
    """A PDF of one page. `objects` are further objects from number 20 on; `fonts` the bodies of font dictionaries."""
    names = "".join(f"/{name} {number} 0 R" for number, name in enumerate(fonts, start=5))
    bodies = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalogue}>>".encode(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R{page}/Contents 4 0 R/Resources<</Font<<{names}>>{resources}>>>>".encode(),
        4: stream(content),
        **{number: body.encode("latin-1") for number, body in enumerate(fonts.values(), start=5)},
        **objects,
    }
    assert len(fonts) + 5 <= _FIRST_OWN <= min(objects, default=_FIRST_OWN)
    data, places = b"%PDF-1.7\n", {}
    for number in sorted(bodies):
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, bodies[number])
    count = max(bodies) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(1, count)
    )
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (count, table, end)


def stream(data: bytes, dictionary: str = "") -> bytes:
    """A stream object."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), dictionary.encode(), data)


def shown(font: str, codes: Sequence[bytes], y: float, x: float = 30, apart: float = 60, size: float = 10) -> bytes:
    """Each code string in a text object of its own, along one line."""
    return b"".join(
        b"BT /%b %g Tf 1 0 0 1 %g %g Tm <%b> Tj ET\n" % (font.encode(), size, x + apart * i, y, code.hex().encode())
        for i, code in enumerate(codes)
    )


def composite_font(
    name: str, ordering: str, encoding: str, *, kind: int = 0, unicode: int | None = None, described: bool = True
) -> str:
    """A font of Chinese, Japanese or Korean that is not embedded; `unicode` is the number of its ToUnicode stream."""
    heights = (
        f"/FontDescriptor<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 859/Descent -140/CapHeight 700/StemV 80>>"
    )
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}{f'/ToUnicode {unicode} 0 R' if unicode else ''}"
        f"/DescendantFonts[<</Type/Font/Subtype/CIDFontType{kind}/BaseFont/{name}"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>/DW 1000{heights if described else ''}>>]>>"
    )


def simple_font(name: str, *, kind: str = "TrueType", encoding: str = "/WinAnsiEncoding", widths: bool = True) -> str:
    """A font of western letters that is not embedded."""
    stated = f"/FirstChar 32/LastChar 255/Widths[{'500 ' * 224}]" if widths else ""
    return f"<</Type/Font/Subtype/{kind}/BaseFont/{name}/Encoding{encoding}{stated}>>"


def to_unicode(pairs: Mapping[int, str], digits: int = 4) -> bytes:
    """The stream that says which character each code is."""
    lines = "\n".join(f"<{code:0{digits}X}> <{ord(text):04X}>" for code, text in pairs.items())
    return stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange\n"
            f"{len(pairs)} beginbfchar\n{lines}\nendbfchar endcmap end end"
        ).encode()
    )
