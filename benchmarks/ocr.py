"""Scanned receipts: share of fields read right, wrong and not flagged, and the time beside RapidOCR alone.

    python benchmarks/ocr.py [PAGES]

Makes receipts (clean, medium: turned by up to 2 degrees, blurred, noised; heavy: more of it, at half the size), reads each as the
program does, and compares. Needs the extra `ocr` and a font with ideographs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["AUDITOR_NO_CACHE"] = "1"

from auditor.documents.collect import document_at
from auditor.documents.read import read_document
from auditor.values.words_amount import to_words

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
PAYERS = ("东港精密机械有限公司", "海澄食品贸易行", "北辰电子（深圳）有限公司", "南山车队", "临江化工有限公司")
FIELDS = ("receipt_no", "date", "payer", "purpose", "amount", "words", "mode")
CHECKED = ("receipt_no", "amount", "words")


def truth(at: int) -> dict[str, str]:
    """The fields of one receipt, by its number, without chance."""
    cents = (at * 7_654_321 + 13_577) % 90_000_000 + 100
    amount = f"{cents // 100}.{cents % 100:02}"
    return {
        "receipt_no": f"{(at * 31 + 7) % 100:02}{1000 + at * 37 % 9000:05}",
        "date": f"2026-11-{at % 28 + 1:02}",
        "payer": PAYERS[at % len(PAYERS)],
        "purpose": f"{at % 12 + 1}月运费",
        "amount": amount,
        "words": amount,
        "mode": ("cash", "bank")[at % 2],
    }


def picture(fields: dict[str, str], font: str) -> Image.Image:
    """The receipt as it is printed, at 150 dots an inch."""
    image = Image.new("L", (1000, 600), 255)
    draw = ImageDraw.Draw(image)

    def write(x: int, y: int, text: str, size: int = 24) -> None:
        draw.text((x, y), text, font=ImageFont.truetype(font, size), fill=0)

    year, month, day = fields["date"].split("-")
    write(390, 30, "收 款 收 据", 38)
    write(690, 44, f"NO.{fields['receipt_no']}")
    write(400, 100, f"{year}年{int(month)}月{int(day)}日")
    draw.rectangle((60, 150, 940, 480), outline=0, width=2)
    figures = f"￥{int(fields['amount'].partition('.')[0]):,}.{fields['amount'].partition('.')[2]}"
    rows = (
        ("交款单位", fields["payer"]),
        ("收款事由", fields["purpose"]),
        ("金额（大写）", to_words(Decimal(fields["amount"]))),
        ("金额（小写）", figures),
        ("收款方式", {"cash": "现金", "bank": "转账"}[fields["mode"]]),
    )
    draw.line((230, 150, 230, 480), fill=0, width=2)
    for at, (label, value) in enumerate(rows):
        draw.line((60, 150 + 66 * at, 940, 150 + 66 * at), fill=0, width=2)
        write(74, 166 + 66 * at, label)
        write(250, 166 + 66 * at, value)
    write(70, 510, "收款人：陈敏")
    write(480, 510, "收款单位（盖章）")
    return image


def worn(image: Image.Image, at: int, grade: str) -> Image.Image:
    """The picture as a scanner gives it, always alike."""
    if grade == "clean":
        return image
    strong = 2.0 if grade == "heavy" else 1.0
    angle = (at % 9 - 4) * 0.25 * strong
    image = image.rotate(angle, expand=True, fillcolor=245, resample=Image.Resampling.BICUBIC)
    if grade == "heavy":
        image = image.resize((image.width * 7 // 10, image.height * 7 // 10), Image.Resampling.BICUBIC)
    image = image.filter(ImageFilter.GaussianBlur(0.6 * strong))
    shades = np.asarray(image).astype(np.int32)
    y, x = np.indices(shades.shape)
    noise = (x * 7919 + y * 104_729 + at) % int(40 * strong) - int(20 * strong)
    return Image.fromarray(np.clip(shades * 0.9 + 20 + noise, 0, 255).astype(np.uint8))


def read(image: Image.Image, folder: Path) -> tuple[dict[str, Any], set[str], float]:
    """The fields that were read, those of them that are flagged (unproved or doubtful), and the seconds it took."""
    path = folder / "receipt.jpg"
    image.save(path, quality=85)
    start = time.process_time()
    document = read_document(document_at(path)).as_dict()
    spent = time.process_time() - start
    records = document["records"].get("receipt", [])
    if len(records) != 1:
        return {}, set(FIELDS), spent
    source = records[0]["_source"]
    return records[0], set(FIELDS) - set(source["proved"]), spent


def main(pages: int) -> None:
    font = next((each for each in FONTS if Path(each).exists()), None)
    if font is None:
        sys.exit("no font with ideographs was found")
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    alone = RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical", **threads})
    with tempfile.TemporaryDirectory() as folder:
        read(picture(truth(0), font), Path(folder))  # loads the models
        alone(str(Path(folder) / "receipt.jpg"))
        for grade in ("clean", "medium", "heavy"):
            right = proved = silent = unread = 0
            ours = theirs = 0.0
            for at in range(pages):
                fields = truth(at)
                found, flagged, spent = read(worn(picture(fields, font), at, grade), Path(folder))
                ours += spent
                start = time.process_time()
                alone(str(Path(folder) / "receipt.jpg"))
                theirs += time.process_time() - start
                unread += not found
                right += sum(found.get(name) == fields[name] for name in FIELDS)
                proved += sum(name not in flagged for name in CHECKED[1:])
                silent += sum(name in found and found[name] != fields[name] and name not in flagged for name in CHECKED)
            print(
                f"{grade}: fields right {right / pages / len(FIELDS):.1%}, amounts proved {proved / pages / 2:.1%}, wrong and not "
                f"flagged {silent}, not read {unread}, {ours / pages:.2f} s a page, {ours / theirs:.2f} × RapidOCR alone"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
