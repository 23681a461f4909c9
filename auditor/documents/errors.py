"""Errors of documents: what cannot be collected, unpacked, recognised or read.

Each is carried as a problem of its document; the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from auditor.documents.patterns import pattern_of, within_quotes
from auditor.documents.reasons import FORMATS_ZH, in_words
from auditor.errors import SYSTEM_REASONS, AuditorError, Place
from auditor.languages import Text
from auditor.strict_yaml import Mistakes


class DocumentError(AuditorError):
    """The base of all errors that cost one document, or a part of it.

    A value `path` stands in the sentence as the `path:` of an entry of audit.yaml, between double quotes.
    """

    def in_words(self, language: str) -> dict[str, Any]:
        values = dict(self.values)
        reason, form = values.get("reason"), values.get("format")
        if isinstance(reason, str) and reason not in SYSTEM_REASONS:
            values["reason"] = in_words(reason, language)
        if language == "zh" and isinstance(form, str):
            values["format"] = FORMATS_ZH.get(form, form)
        if isinstance(values.get("path"), str):
            values["path"] = within_quotes(pattern_of(values["path"]))
        return values


class UnreadableFile(DocumentError):
    """The file system did not give the bytes. Values: `reason`."""

    what = Text("the file cannot be read: {reason}", "文件无法读取：{reason}")
    do = Text(
        "check its name, give yourself the right to read it, close the program that holds it, or copy it again, then "
        "run once more",
        "请核对文件名、检查读取权限、关闭占用该文件的程序或重新拷贝，然后重新运行",
    )


class FileChanged(DocumentError):
    """The bytes that were read may not be those of the hash that the report names."""

    what = Text("the file was changed while it was read", "读取过程中文件被改动")
    do = Text("let nobody write to it, then run once more", "请确认无人正在写入该文件，然后重新运行")


class EmptyFile(DocumentError):
    """A file of no bytes."""

    what = Text("the file is empty (0 bytes)", "文件为空（0 字节）")
    do = Text("export or copy the document again", "请重新导出或重新拷贝该文件")


class FileOfZeros(DocumentError):
    """A file whose every byte is zero, as a broken copy or a failing disk leaves it. Values: `size` in bytes."""

    what = Text(
        "the file holds nothing but {size} zero bytes: its content is lost",
        "文件内容全部为零字节（{size} 字节），内容已丢失",
    )
    do = Text(
        "a copy was cut short or a disk failed: fetch the document again from where it came",
        "可能是拷贝中断或磁盘损坏：请从来源处重新获取该文件",
    )


class TruncatedFile(DocumentError):
    """The beginning is there, the end is not. Values: `format`, `reason`."""

    what = Text("the {format} file is cut short or damaged: {reason}", "{format} 文件不完整或已损坏：{reason}")
    do = Text(
        "fetch or export it again; if it opens in its own program, save it anew there",
        "请重新下载或导出；如果能在原软件中打开，请另存一份",
    )


class PasswordNeeded(DocumentError):
    """Encrypted, and no password was given. Values: `format`."""

    what = Text("the {format} file is protected by a password", "{format} 文件有密码保护")
    do = Text(
        "save a copy without the password, or name the variable that holds it under `passwords` in audit.yaml",
        "请另存一份无密码的副本，或在 audit.yaml 的 `passwords` 中写明保存密码的环境变量名",
    )


class WrongPassword(DocumentError):
    """Encrypted, and none of the passwords given opens it. Values: `format`, `tried` (how many)."""

    what = Text(
        "the {format} file is protected by a password, and no password given opens it ({tried} tried)",
        "{format} 文件有密码保护，所给密码均不正确（已尝试 {tried} 个）",
    )
    do = Text(
        "correct the environment variable named under `passwords` in audit.yaml, or save a copy without the password",
        "请更正 audit.yaml 的 `passwords` 所指环境变量中的密码，或另存一份无密码的副本",
    )


class EncryptedNotSupported(DocumentError):
    """Encrypted in a way that the program cannot undo even with a password. Values: `format`."""

    what = Text(
        "the {format} file is encrypted in a way that cannot be opened here", "{format} 文件的加密方式在此无法打开"
    )
    do = Text(
        "open it in its own program and save a copy without the password beside it",
        "请用原软件打开，并在同一文件夹另存一份无密码的副本",
    )


class NotRecognised(DocumentError):
    """No reader knows this format. Values: `format` (what it looks like)."""

    what = Text("the format is not recognised: {format}", "无法识别的文件格式：{format}")
    allowed = Text(
        "xlsx, xls, ods, csv and other delimited text, html tables, PDF, pictures of pages, XML and OFD invoices, "
        "zip, tar, gz",
        "xlsx、xls、ods、csv 等分隔文本、网页表格、PDF、单据图片、XML 或 OFD 发票、zip、tar、gz",
    )
    do = Text(
        "save it in one of these formats, or take it out of the folder if it is no document",
        "请另存为上述格式之一；如不是待审单据，请移出文件夹",
    )


class ArchiveNotSupported(DocumentError):
    """A 7z or rar archive. Values: `format`."""

    what = Text("{format} archives are not unpacked", "不支持直接解压 {format} 压缩包")
    do = Text(
        "unpack it into the folder (or pack it anew as zip), then run once more",
        "请先解压到该文件夹（或重新压缩为 zip），然后重新运行",
    )


class UnknownEncoding(DocumentError):
    """Text in no encoding that is known. Values: `tried`."""

    what = Text("the text is in none of the known encodings ({tried})", "无法确定文本编码（已尝试 {tried}）")
    do = Text(
        "open it in a spreadsheet or editor and save it as UTF-8",
        "请用表格软件或文本编辑器打开，另存为 UTF-8 编码",
    )


class UndecodableBytes(DocumentError):
    """Single bytes that are no character of the file's encoding; they are shown as `�`. Values: `encoding`, `lines`."""

    what = Text(
        "some bytes are no characters of {encoding} and are shown as �, first on line {lines}",
        "部分字节不属于 {encoding} 编码，以 � 显示，首次出现在第 {lines} 行",
    )
    do = Text("compare these rows with the original, or export it again", "请将这些行与原件核对，或重新导出")


class StrayQuote(DocumentError):
    """A quotation mark in delimited text that is opened and never closed. Values: `lines`."""

    what = Text(
        "a quotation mark is opened and never closed, on line {lines}; it was read as a plain character",
        "第 {lines} 行的引号未闭合，已按普通字符读取",
    )
    do = Text("compare these rows with the original, or export it again", "请将这些行与原件核对，或重新导出")


class ShortcutFile(DocumentError):
    """A Windows shortcut (`.lnk`): the document it names is not in the folder."""

    what = Text("this is a shortcut, not the document itself", "这是快捷方式，不是单据本身")
    do = Text("copy the document itself into the folder", "请将单据本身复制到文件夹内")


class UnfinishedDownload(DocumentError):
    """A download or copy that a browser or a chat program has not finished."""

    what = Text("this is an unfinished download", "这是未完成的下载文件")
    do = Text("let the download finish, or fetch the document again", "请等待下载完成或重新下载该文件")


class MemberNotRead(DocumentError):
    """A member of an archive that does not come out. Values: `reason`."""

    what = Text("this member of the archive cannot be unpacked: {reason}", "压缩包内的该文件无法解压：{reason}")
    do = Text("unpack the archive yourself, or pack it anew as zip", "请自行解压，或重新压缩为 zip")


class ArchiveLimit(DocumentError):
    """An archive beyond its bounds. Values: `limit` (a key of `LIMITS`), `bound`, `actual`."""

    LIMITS: ClassVar[Mapping[str, str]] = {
        "members": "文件数", "total bytes": "解压后总字节数", "bytes of one member": "单个文件字节数",
        "ratio": "压缩比", "depth": "嵌套层数",
    }  # fmt: skip
    what = Text(
        "the archive goes beyond a limit: {limit} {actual}, at most {bound}",
        "压缩包超出限制：{limit_zh} {actual}，上限 {bound}",
    )
    do = Text(
        "unpack it yourself after a look at what is inside, and put the documents into the folder",
        "请确认内容后自行解压，并将单据放入文件夹",
    )

    def __init__(
        self, place: Place | str | None = None, found: str | None = None, *, limit: str, **values: Any
    ) -> None:
        super().__init__(place, found, **{**values, "limit": limit, "limit_zh": self.LIMITS[limit]})


class UnsafeMemberName(DocumentError):
    """A member of an archive whose name would leave the folder, or that is no plain file. Values: `member`."""

    what = Text(
        "the archive's member “{member}” is refused: its name leaves the folder, or it is not a plain file",
        "压缩包成员“{member}”被拒绝：其路径超出文件夹或不是普通文件",
    )
    do = Text("find out who made the archive; pack the documents anew", "请核实压缩包来源，并重新打包")


class LinkOutside(DocumentError):
    """A link that leads out of the audited folder, or to nothing."""

    what = Text(
        "this is a link that leads out of the folder or nowhere: not followed",
        "这是指向文件夹之外或已失效的链接，未跟随",
    )
    do = Text("copy the documents themselves into the folder", "请将单据本身复制到文件夹内")


class ForbiddenMarkup(DocumentError):
    """XML with a DOCTYPE: no honest export has one, and entities could hide or fetch text. Values: `part`."""

    what = Text("the XML part “{part}” declares a DOCTYPE: refused", "XML 部分“{part}”含有 DOCTYPE 声明，已拒绝")
    do = Text("export the document again from its own program", "请从原软件重新导出该文件")


class SheetNotRead(DocumentError):
    """One sheet of a workbook cannot be read. Values: `sheet`, `reason`."""

    what = Text("the sheet “{sheet}” cannot be read: {reason}", "工作表“{sheet}”无法读取：{reason}")
    do = Text("open the workbook, save it anew as xlsx and run once more", "请打开工作簿，另存为 xlsx 后重新运行")


class FormulasNotCalculated(DocumentError):
    """Formulas in a sheet whose results were never stored: they read as empty. Values: `sheet`, `count`."""

    what = Text(
        "formulas in the sheet “{sheet}” have no stored result and read as empty: {count}",
        "工作表“{sheet}”中有 {count} 个公式没有保存计算结果，读取为空",
    )
    do = Text(
        "open the workbook in a spreadsheet program, let it calculate, save it and run once more",
        "请用表格软件打开、重新计算并保存后再运行",
    )


class WorkerDied(DocumentError):
    """The process that read the document ended without an answer. Values: `reason`."""

    what = Text("reading stopped: the process ended ({reason})", "读取中断：读取进程已终止（{reason}）")
    do = Text(
        "the document is damaged or needs more memory than allowed: save it anew, or split it",
        "文件可能损坏或所需内存超限：请另存一份或拆分该文件",
    )


class WorkerTimeout(DocumentError):
    """Reading took longer than allowed. Values: `seconds`."""

    what = Text("reading took longer than {seconds} s and was stopped", "读取超过 {seconds} 秒，已停止")
    do = Text(
        "split the document by period or account, or save it anew",
        "请按期间或账户拆分该文件，或另存一份",
    )


class WorkerFailed(DocumentError):
    """The code that read the document failed: a fault of the program. Values: `reason`."""

    what = Text("reading failed inside the program: {reason}", "程序在读取时出错：{reason}")
    do = Text("report this with the document, if it may be shared", "请连同该文件（如可提供）一并反馈")

    def in_words(self, language: str) -> dict[str, Any]:
        return dict(self.values)  # for those who mend the program: as it is


class TooManyPages(DocumentError):
    """A PDF with more pages than are read. Values: `pages`, `most`."""

    what = Text("the document has {pages} pages; at most {most} are read", "文件共 {pages} 页，最多可读取 {most} 页")
    do = Text("split it by period or account, then run once more", "请按期间或账户拆分后重新运行")


class PdfCutShort(DocumentError):
    """A PDF that does not end as one: pages may be lost. Values: `pages` (that were found)."""

    what = Text(
        "the PDF breaks off before its end: {pages} pages were found, more may be lost",
        "PDF 文件在结尾前中断：找到 {pages} 页，可能有页面丢失",
    )
    do = Text("fetch or export it again, and compare the number of pages", "请重新下载或导出，并核对页数")


class PageNotRead(DocumentError):
    """One page of a PDF cannot be read; the others are. Values: `page`, `reason`."""

    what = Text("page {page} cannot be read: {reason}", "第 {page} 页无法读取：{reason}")
    do = Text(
        "open the document and print it to a new PDF, or fetch it again", "请打开文件重新打印为 PDF，或重新获取该文件"
    )


class PageTooDense(DocumentError):
    """A page with more characters than any document has. Values: `page`, `characters`, `most`."""

    what = Text(
        "page {page} holds {characters} characters, at most {most} are read",
        "第 {page} 页有 {characters} 个字符，超过上限 {most}",
    )
    do = Text("split the page, or export the data as a spreadsheet", "请拆分该页，或将数据导出为电子表格")


class TextWithoutMeaning(DocumentError):
    """A page whose fonts do not say which characters they show. Values: `page`."""

    what = Text(
        "the text of page {page} cannot be trusted: its fonts do not say which characters they show",
        "第 {page} 页的文字不可靠：其字体未说明所显示的字符",
    )
    do = Text(
        "compare the page with what was read, or export it from its own program again",
        "请将该页与读取结果核对，或从原软件重新导出",
    )


class RecogniserMissing(DocumentError):
    """A page is a picture, and what reads pictures is not installed. Values: `page`."""

    what = Text(
        "page {page} is a picture, and what reads pictures is not installed: it was not read",
        "第 {page} 页为图像，而识别图像的组件未安装，未读取",
    )
    do = Text(
        'install it with `pip install "auditor[ocr]"` and run once more; nothing is fetched or sent when it reads',
        '请执行 `pip install "auditor[ocr]"` 安装后重新运行；识别时不联网、不上传',
    )


class ScanWithoutText(DocumentError):
    """A page that is a picture on which no writing was found. Values: `page`."""

    what = Text(
        "page {page} is a picture on which no writing was found", "第 {page} 页为图像，未找到任何可识别的文字"
    )
    do = Text(
        "if something is written there, scan it again: 300 dots an inch, even light, the whole page; if it is no "
        "document, take it out of the folder",
        "如图上有文字，请重新扫描：300 dpi、光线均匀、整页入镜；如非待审单据，请移出文件夹",
    )


class PictureTooLarge(DocumentError):
    """A picture with more pixels than can be held. Values: `width`, `height`, `most` (millions of pixels)."""

    what = Text(
        "the picture has {width} × {height} pixels; at most {most} million are read",
        "图片为 {width} × {height} 像素，最多可读取 {most} 百万像素",
    )
    do = Text("scan it again at 300 dots an inch, or save it smaller", "请以 300 dpi 重新扫描，或缩小后另存")


class PictureNotSupported(DocumentError):
    """A picture in a format that no library of the product reads. Values: `format`."""

    what = Text("pictures of the kind {format} cannot be read", "无法读取 {format} 格式的图片")
    allowed = Text("JPEG, PNG, TIFF, BMP, WebP, PDF", "JPEG、PNG、TIFF、BMP、WebP、PDF")
    do = Text(
        "save it as JPEG, or set the telephone to take pictures that others can read",
        "请另存为 JPEG，或在手机相机设置中选择“兼容性最佳”格式",
    )


class MovingPicture(DocumentError):
    """A film instead of a picture: only the first of its pictures was read. Values: `frames`."""

    what = Text(
        "the file is a moving picture of {frames} pictures: only the first was read",
        "该文件为动图，共 {frames} 帧，只读取了第一帧",
    )
    do = Text("hand in each page as a picture of its own", "请将每页单独保存为图片")


class NumberUnlikeOthers(DocumentError):
    """A number of a picture that is a character shorter or longer than the others of its kind. Values: `field_*`,
    `length` (characters of the others)."""

    what = Text(
        "{field_en} was read from a picture and is not as long as the others ({length} characters): one may be "
        "missing or too many",
        "{field_zh}识别自图像，位数与其他同类号码（{length} 位）不同，可能漏读或多读",
    )
    do = Text("compare it with the paper", "请与原件核对")


class DoubtfulReading(DocumentError):
    """A figure or number of a picture of which the recogniser is unsure, and that nothing in the document proves.
    Values: `field_*`, `score` (per cent)."""

    what = Text(
        "{field_en} was read from a picture with little certainty ({score} %), and nothing in the document proves it",
        "{field_zh}识别自图像，把握不足（{score}%），且文件中没有可验证的依据",
    )
    do = Text(
        "compare it with the paper; scan the page again if it is faint or cut off, or hand in the original file",
        "请与原件核对；字迹模糊或被裁切的请重新扫描，或提供原始电子文件",
    )


class CorrectedByProof(DocumentError):
    """A figure of a picture that broke a proof, which holds with the recogniser's second guess alone. Values: `taken`
    (what was taken instead)."""

    what = Text(
        "read so from a picture, it does not fit the other figures of the document; of all that its doubtful digits "
        "may be only {taken} fits, which was taken",
        "图像识别结果与文件中其他金额不符；存疑数字的各种读法中只有 {taken} 相符，已按此读取",
    )
    do = Text("compare it with the paper before it is relied on", "采用前请与原件核对")


class TooManyScans(DocumentError):
    """More scanned pages in one document than are read. Values: `first` (that was not), `most`."""

    what = Text(
        "at most {most} scanned pages of one document are read: page {first} and all after it were not",
        "每份文件最多识别 {most} 页扫描件：第 {first} 页及以后各页未读取",
    )
    do = Text("split the document and run once more", "请拆分文件后重新运行")


class HiddenTextOnly(DocumentError):
    """A page on which no text can be seen, and which holds hidden text. Values: `page`, `text`."""

    what = Text(
        "page {page} shows no text, but holds text that nobody sees: {text}",
        "第 {page} 页看不到任何文字，但含有隐藏的文字：{text}",
    )
    do = Text(
        "hidden text is no evidence and was not read: ask who made the document for one whose text can be seen",
        "隐藏的文字不能作为凭据，未读取；请向出具方索取文字可见的文件",
    )


class DrawingTooLarge(DocumentError):
    """A page with so many drawn objects that not all of its lines were looked at. Values: `page`, `most`."""

    what = Text(
        "page {page} holds more than {most} drawn objects: not all its ruled lines were looked at",
        "第 {page} 页绘图对象超过 {most} 个，部分表格线未读取",
    )
    do = Text("check the tables of this page against what was read", "请将该页表格与读取结果核对")


# Further areas append their classes below.


# --- layouts: from pages to records ----------------------------------------------------------------------------------


class NoTableFound(DocumentError):
    """Neither a table nor a form that any record type or layout knows. Values: `nearest_*`, `missing_*`."""

    what = Text(
        "no known table or form was found; nearest is “{nearest_en}”, which also needs the header {missing_en}",
        "未识别出已知的表格或单据；最接近“{nearest_zh}”，但缺少表头：{missing_zh}",
    )
    allowed = Text(
        "tables with the header words that `auditor layouts list` shows", "表头为 `auditor layouts list` 所列词语的表格"
    )
    do = Text(
        "rename the header in the document, add its word to the record type, or write a layout; if it is no document "
        "to audit, take it out of the folder",
        "请修改文件表头、在记录类型中补充该词语，或编写版式；如非待审单据，请移出文件夹",
    )


class TooFewHeaders(NoTableFound):
    """Nothing is missing, but too few headers are known to tell a type. Values: `nearest_*`, `known`, `known_zh`."""

    what = Text(
        "no known table or form was found; nearest is “{nearest_en}”, but only {known} are headers that it knows, too "
        "few to be sure",
        "未识别出已知的表格或单据；最接近“{nearest_zh}”，但只认得表头{known_zh}，不足以确定",
    )


class NothingKnown(DocumentError):
    """A document without a single known header word."""

    what = Text("no known header word was found: its content is not recognised", "未找到任何已知表头，内容无法识别")
    allowed = Text(
        "tables with the header words that `auditor layouts list` shows", "表头为 `auditor layouts list` 所列词语的表格"
    )
    do = Text(
        "check that the header row was exported; if it is no document to audit, take it out of the folder",
        "请确认导出时包含表头行；如非待审单据，请移出文件夹",
    )


class PaperUnknown(DocumentError):
    """A paper made of labels under a title that nobody knows. Values: `title`."""

    what = Text(
        "what kind of paper “{title}” is, nothing tells: its figures are kept, no rule of its kind tests it",
        "无法判断“{title}”是何种单据：仅保留其所载数字，不按单据种类检查",
    )
    do = Text(
        "look at it by hand; if it is not to be audited, take it out of the folder",
        "请人工核对；如非待审单据，请移出文件夹",
    )


class PageDiffersFromData(DocumentError):
    """The pages of a file do not show what the invoice that lies in it as data says. Found: what they do not show."""

    what = Text(
        "the file holds an invoice as data, and its pages do not show {found}: the two say different things",
        "文件内含发票电子数据，但版面上未见 {found}：两者不一致",
    )
    do = Text(
        "ask the issuer which of the two holds; pay by neither before that",
        "请向开票方核实以何者为准，在此之前均不得据以付款",
    )


class AmbiguousTable(DocumentError):
    """Several record types claim one table, or several layouts one document. Values: `candidates`, `path`."""

    what = Text("{candidates} claim it equally: it was not read", "{candidates} 均可匹配，未读取")
    do = Text(
        'say which below `documents:` in audit.yaml: `- {{path: "{path}", layout: {first}}}`',
        '请在 audit.yaml 的 `documents:` 之下指明：`- {{path: "{path}", layout: {first}}}`',
    )


class UnknownLayout(DocumentError):
    """audit.yaml names a layout or record type that does not exist. Values: `layout`, `near`."""

    what = Text("there is no layout or record type “{layout}”", "没有名为“{layout}”的版式或记录类型")
    allowed = Text(
        "the names that `auditor layouts list` shows, such as {near}", "`auditor layouts list` 所列名称，如 {near}"
    )
    do = Text("correct the name in audit.yaml", "请更正 audit.yaml 中的名称")


class RowUnreadable(DocumentError):
    """A row that cannot become a record. Values: `field_en`, `field_zh`, `record_en`, `record_zh`."""

    what = Text(
        "this row is no {record_en}: {field_en} is missing or cannot be read",
        "该行无法读作{record_zh}：{field_zh}为空或无法读取",
    )
    do = Text(
        "compare it with the original and complete it; what is no entry belongs outside of the table",
        "请与原件核对后补全；不属于明细的文字请移到表格之外",
    )


class MatrixUnread(DocumentError):
    """A table that was said to be a matrix and has not the shape of one. Values: `down_en`, `down_zh`, `across_en`,
    `across_zh`."""

    what = Text(
        "this table is no matrix with {down_en} down and {across_en} across: at least three days over or beside "
        "amounts were not found, or nothing states their month",
        "该表不是“{down_zh}纵排、{across_zh}横排”的矩阵表：未找到三个以上带金额的日期，或未见日期所属月份",
    )
    do = Text(
        "correct `matrix` in reading.yaml, exchange `down` and `across`, or write the month into the title",
        "请更正 reading.yaml 中的 matrix（纵横对调），或在标题中写明月份",
    )


class MoreOfTheSame(DocumentError):
    """Further problems of one kind in one table, counted. Values: `count`, `of`."""

    what = Text("{count} more cells or rows have the same problem ({of})", "另有 {count} 处相同问题（{of}）")
    do = Text("correct the first ones; often one cause lies behind all of them", "请先更正前几处，通常为同一原因")


class FlowUnclear(DocumentError):
    """A row whose direction or amount does not follow from its columns. Values: `reason_en`, `reason_zh`."""

    what = Text("money in or out? {reason_en}", "收支方向不明：{reason_zh}")
    do = Text("compare the row with the original and correct it", "请与原件核对并更正该行")


class ColumnUnclear(DocumentError):
    """A text that may stand in either of some columns of a page. Values: `columns_en`, `columns_zh`."""

    what = Text(
        "this may belong to the column {columns_en}: where it stands on the page does not say to which",
        "该内容可能属于{columns_zh}列，从页面上的位置无法判断属于哪一列",
    )
    do = Text(
        "look at the original; export the table as a spreadsheet or CSV file, or print it with ruled lines between "
        "the columns",
        "请查看原件；请改用表格或 CSV 文件导出，或在打印时加上列间的表格线",
    )


class TurnedRound(DocumentError):
    """Every balance of what looks like a bank's export moves against its columns. Values: `path`, `rows`."""

    what = Text(
        "every balance moves against the columns 借 and 贷 as a bank means them: {rows} rows were not read",
        "各行余额的增减与银行的借、贷方向相反：{rows} 行未读取",
    )
    do = Text(
        'if it is a ledger of your own, say so below `documents:` in audit.yaml: `- {{path: "{path}", layout: '
        "bank_ledger_entry}}`; if it is the bank's, compare it with the original",
        '如为自记的日记账，请在 audit.yaml 的 `documents:` 之下指明：`- {{path: "{path}", layout: '
        "bank_ledger_entry}}`；如为网银流水，请与原件核对",
    )


class TablesSideBySide(DocumentError):
    """Two tables stand beside each other under one header row. Values: `headers`, `headers_zh`."""

    what = Text(
        "two tables stand side by side: the header has {headers} twice; the right one was not read as a table",
        "左右并排有两张表：表头中 {headers_zh} 各出现两次；右侧的表未单独读取",
    )
    do = Text(
        "put the right table below the left one, or on a sheet of its own, each with its header",
        "请把右侧的表移到左侧表的下方或另一工作表，并各自保留表头",
    )


class LayoutFileError(Mistakes, DocumentError):
    """What is wrong with the files of layouts, all of it. Values: `count`."""

    what = Text("the layouts have {count} mistakes", "版式文件有 {count} 处错误")


class WordsFileError(Mistakes, DocumentError):
    """What is wrong with the files of words (`rules/words`), all of it. Values: `count`."""

    what = Text("the files of words have {count} mistakes", "词语文件有 {count} 处错误")


class WordTwice(DocumentError):
    """A word says two concepts of one class in `rules/words/parts.yaml`. Values: `word`, `concept`, `other`."""

    what = Text(
        "`{word}` stands under `{other}` and under `{concept}`", "`{word}` 同时列在 `{other}` 和 `{concept}` 下"
    )
    do = Text("leave it with the one that it says", "请只保留在它所表示的概念下")


class CellsBeyondHeader(DocumentError):
    """A row with more filled cells than its table has headers: its columns are shifted. Values: `headers`, `cells`."""

    what = Text(
        "the row has {cells} cells and the header {headers}: its columns are shifted, so it was not read",
        "该行有 {cells} 个单元格，表头只有 {headers} 个：列已错位，未读取",
    )
    do = Text(
        "put amounts with a comma (1,000.00) into quotes, or export the document again; a column without a header "
        "needs one",
        "带逗号的金额（如 1,000.00）请加引号，或重新导出；缺少表头的列请补上表头",
    )


class FigureUnreadable(DocumentError):
    """A figure in a row of totals that cannot be read. Values: `label`."""

    what = Text("the figure beside “{label}” cannot be read", "“{label}”行的数字无法读取")
    do = Text("compare it with the original and correct it", "请与原件核对并更正")


class TableNotRead(DocumentError):
    """A table that is nearest to a record type, beside others that were read. Values: `nearest_*`, `missing_*`."""

    what = Text(
        "this table was not read: nearest is “{nearest_en}”, which also needs the header {missing_en}",
        "该表未读取：最接近“{nearest_zh}”，但缺少表头：{missing_zh}",
    )
    do = Text(
        "rename the header in the document or add its word to the record type; what is not to be audited belongs "
        "outside of the document",
        "请修改文件表头或在记录类型中补充该词语；无需审计的表格请移到文件之外",
    )


class TableUnknown(DocumentError):
    """A table of which no header is known, beside others that were read. Values: `words`, `words_zh` (its first)."""

    what = Text("this table was not read: it begins with {words}", "该表未读取，开头为：{words_zh}")
    do = Text(
        "if it is to be audited, give it the header words that `auditor layouts list` shows; if not, take it out of "
        "the document",
        "如需审计，请使用 `auditor layouts list` 所列表头；如无需审计，请将其移出该文件",
    )


class FormIncomplete(DocumentError):
    """A form on which a required field was not found or could not be read. Values: `record_*`, `fields_*`."""

    what = Text("{record_en}: {fields_en} not found or not readable", "{record_zh}：未找到或无法读取{fields_zh}")
    do = Text(
        "compare the page with what was read; hand it in again if it is incomplete",
        "请与原件核对；如单据不完整，请重新提供",
    )
