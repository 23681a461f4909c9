"""What libraries say of a damaged file, in words of our own and in both languages; what is not known is quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.languages import Text

_DAMAGED = Text("its inner structure is damaged", "内部结构已损坏")
_BREAKS_OFF = Text("it breaks off before its end", "内容中途中断")
_PACKED = Text("its compressed data are damaged", "压缩数据已损坏")
_MARKUP = Text("its XML is damaged or breaks off", "XML 内容已损坏或中断")
_PAGE = Text("what the page holds is damaged", "页面内容已损坏")
_CHECKSUM = Text("its checksum does not fit the content", "校验码与内容不符")

# The first pattern that fits the whole text counts. Groups are put in at {0}, {1}.
_KNOWN: tuple[tuple[str, Text], ...] = (
    # zip, gz, bz2, xz, tar: zipfile, zlib, bz2, lzma and tarfile
    (r"File is not a zip file", Text("its end is missing", "文件末尾缺失")),
    (r"(Bad )?CRC.*|.*checksum.*|.*crc32.*", _CHECKSUM),
    (r"Error -\d+ while .*|Invalid data stream|Corrupt input data|.*deflate.*|.*[Ii]nvalid block.*", _PACKED),
    (r"Compressed file ended before.*|.*unexpected end of (data|file).*|EOF.*|.*[Tt]runcated.*", _BREAKS_OFF),
    (r".*end of (input|stream|file).*|.*failed to fill whole buffer.*|Not enough .*|ran out of data.*", _BREAKS_OFF),
    (r"File name in directory .*|Bad magic number.*|Overlapped entries.*|.*central directory.*", _DAMAGED),
    (r"invalid header|bad checksum|empty header|end of file header|Not a gzipped file.*|Input format not.*", _DAMAGED),
    (r".*compression (method|type).*not supported.*", Text("it is packed in a way not known here", "压缩方式不受支持")),
    (r"\"?There is no item named '?(.+?)'? in the archive\"?", Text("its part {0} is missing", "缺少内部部件 {0}")),
    # workbooks: calamine, olefile and our own
    (r"Cannot detect file format|.*invalid OLE.*|.*OLE.*sector.*|not an OLE2.*|.*CFB.*|.*orkbook stream.*", _DAMAGED),
    (r"(\d+) bytes are missing at its end, rows may be lost", Text("{}", "末尾缺少 {0} 字节，可能丢失行")),
    (r"the encrypted content is damaged", Text("{}", "加密内容已损坏")),
    (r"no sheet with cells in it", Text("{}", "其中没有含单元格的工作表")),
    (r"its part of the workbook is missing", Text("{}", "工作簿中缺少该工作表的内容")),
    (r".*(not well-formed|line \d+, column \d+|tag not closed|syntax error|Premature end|mismatched tag).*", _MARKUP),
    (r".*(ill-formed|XML|Xml|xml).*", _MARKUP),
    # PDF: PDFium
    (r".*PDFium: (Data format error|Format error|Page not found).*", _DAMAGED),
    (r".*PDFium: .*[Ff]ile (not found|access).*", Text("its bytes cannot be read", "无法读取内容")),
    (r"Failed to load .*page.*|(text of the )?page cannot be loaded", _PAGE),
    (r"0 pages", Text("there is no page in it", "其中没有页面")),
    # text and web pages
    (r"(\d+) zero bytes at its end", Text("{}", "末尾有 {0} 个零字节")),
    (r"no table with cells", Text("{}", "其中没有含单元格的表格")),
    (r"the end mark is missing, members may be lost", Text("{}", "缺少结束标记，可能丢失其中的文件")),
    (r"no content", Text("{}", "没有内容")),
    (r"not a plain file .*", Text("{}", "不是普通文件（可能是设备或管道）")),
    (r"not a folder", Text("{}", "不是文件夹")),
    # pictures
    (r"damaged picture", _DAMAGED),
    # the process that reads
    (r"more than (\d+) MB of memory", Text("{}", "内存超过 {0} MB")),
    (r"out of memory", Text("{}", "内存不足")),
    (r"did not start", Text("{}", "未能启动")),
    (r"no worker process could be started", Text("{}", "无法启动读取进程")),
    (r"signal (\d+)", Text("{}", "信号 {0}")),
    (r"exit code (-?\d+)", Text("{}", "退出码 {0}")),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in _KNOWN)
_CHINESE = re.compile(r"[\u3400-\u9fff]")

FORMATS_ZH: Mapping[str, str] = {
    "spreadsheet xml": "XML 表格",
    "delimited text": "分隔文本",
    "text": "文本",
    "html": "网页",
    "image": "图片",
    "encrypted office document": "加密的 Office 文档",
    "shortcut": "快捷方式",
    "word processor document": "Word 等文字处理文档",
    "presentation": "演示文稿",
    "mail": "邮件",
    "workbook of Excel 2 to 4": "Excel 2 至 4 的旧版工作簿",
    "empty": "空文件",
    "zeros": "全零文件",
    "unknown": "未知",
}


def in_words(reason: str, language: str) -> str:
    """The reason in a language. What is not known is quoted in Chinese and left as it is in English."""
    for pattern, text in _PATTERNS:
        found = pattern.fullmatch(reason)
        if found:
            words = text.in_(language)
            return reason if words == "{}" else words.format(*found.groups())
    if language == "zh" and reason and not _CHINESE.search(reason):
        return f"原文“{reason}”"
    return reason
