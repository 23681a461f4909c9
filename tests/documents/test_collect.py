"""Collecting a folder: nothing is left out without a word, in one order, whatever the file system says."""

from __future__ import annotations

import hashlib
import os
import pickle
import unicodedata
import zipfile
from pathlib import Path

import pytest

from auditor.documents.collect import SourceDocument, Status, collect, collect_file, document_at, document_of
from auditor.documents.errors import FileChanged, UnreadableFile
from auditor.documents.identify import Format
from auditor.documents.no_documents import ignored_reason

CSV = "日期,金额\n2026-10-08,38415.60\n".encode("gb18030")


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def by_path(documents: list[SourceDocument]) -> dict[str, SourceDocument]:
    return {document.path: document for document in documents}


def test_files_come_in_the_order_of_their_paths_by_code_points(tmp_path: Path) -> None:
    for name in ("b.csv", "B.csv", "账单/乙.csv", "账单/甲.csv", "a/z.csv", "a-1.csv"):
        write(tmp_path, name, name.encode())
    documents = collect(tmp_path)
    assert [document.path for document in documents] == [
        "B.csv", "a-1.csv", "a/z.csv", "b.csv", "账单/乙.csv", "账单/甲.csv",
    ]  # fmt: skip
    assert [document.number for document in documents] == [1, 2, 3, 4, 5, 6]


def test_paths_are_in_nfc_whatever_the_file_system_has(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "Müller.csv"), CSV)
    assert [document.path for document in collect(tmp_path)] == ["Müller.csv"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_gbk_names_from_an_old_archive_are_read_as_chinese(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "对账单.csv".encode("gbk"))).write_bytes(CSV)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert [document.path for document in collect(tmp_path)] == ["对账单.csv"]


def test_same_bytes_are_a_duplicate_of_the_first_by_path(tmp_path: Path) -> None:
    write(tmp_path, "08网银/工行.csv", CSV)
    write(tmp_path, "09手工/工行 副本.csv", CSV)
    write(tmp_path, "01/工行(1).csv", CSV)
    assert [(document.path, document.status, document.duplicate_of) for document in collect(tmp_path)] == [
        ("01/工行(1).csv", Status.DOCUMENT, None),
        ("08网银/工行.csv", Status.DUPLICATE, "01/工行(1).csv"),
        ("09手工/工行 副本.csv", Status.DUPLICATE, "01/工行(1).csv"),
    ]


def test_lost_content_is_never_a_duplicate(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write(tmp_path, name, b"")
    for name in ("c.xlsx", "d.xlsx"):
        write(tmp_path, name, bytes(5000))
    assert [(document.path, document.status, document.problems[0].code) for document in collect(tmp_path)] == [
        ("a.csv", Status.UNREADABLE, "EmptyFile"),
        ("b.csv", Status.UNREADABLE, "EmptyFile"),
        ("c.xlsx", Status.UNREADABLE, "FileOfZeros"),
        ("d.xlsx", Status.UNREADABLE, "FileOfZeros"),
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".DS_Store", "操作系统文件"),
        ("Thumbs.db", "操作系统文件"),
        ("desktop.ini", "操作系统文件"),
        ("._账单.xlsx", "操作系统文件"),
        ("~$账单.xlsx", "已打开工作簿的锁定文件"),
        (".~账单.xlsx", "已打开工作簿的锁定文件"),
        (".~lock.账单.xlsx#", "已打开工作簿的锁定文件"),
        (".hidden.csv", "隐藏文件"),
        ("audit.yaml", "本次审计的设置文件"),
    ],
)
def test_what_is_no_document_is_listed_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    write(tmp_path, name, CSV)
    (document,) = collect(tmp_path)
    assert (document.path, document.status) == (name, Status.IGNORED)
    assert document.reason is not None
    assert document.reason.zh == reason


def test_hidden_and_output_folders_are_one_line_each(tmp_path: Path) -> None:
    write(tmp_path, ".git/objects/1", CSV)
    write(tmp_path, ".git/config", CSV)
    write(tmp_path, "out/findings.csv", CSV)
    write(tmp_path, "上次/audit.duckdb", CSV)
    write(tmp_path, "账单.csv", CSV)
    found = by_path(collect(tmp_path, output=tmp_path / "out"))
    reasons = {path: document.reason.en if document.reason else None for path, document in found.items()}
    assert reasons == {
        ".git/": "hidden file, a folder of 2 files",
        "out/": "output of an audit, a folder of 1 files",
        "上次/": "output of an audit, a folder of 1 files",
        "账单.csv": None,
    }


def test_an_unfinished_download_is_unreadable(tmp_path: Path) -> None:
    write(tmp_path, "工行10月.xlsx.crdownload", CSV)
    (document,) = collect(tmp_path)
    assert (document.status, document.problems[0].code) == (Status.UNREADABLE, "UnfinishedDownload")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/机密.csv", b"secret")
    folder = tmp_path / "month"
    write(folder, "账单.csv", CSV)
    write(folder, "sub/x.csv", b"1,2\n")
    (folder / "out.csv").symlink_to(outside)
    (folder / "outdir").symlink_to(outside.parent)
    (folder / "broken.csv").symlink_to(folder / "nothing")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "up").symlink_to(folder)
    (folder / "same.csv").symlink_to(folder / "账单.csv")
    found = by_path(collect(folder))
    assert {path: (str(document.status), [problem.code for problem in document.problems])
            for path, document in found.items()} == {
        "broken.csv": ("unreadable", ["LinkOutside"]),
        "loop": ("unreadable", ["LinkOutside"]),
        "out.csv": ("unreadable", ["LinkOutside"]),
        "outdir": ("unreadable", ["LinkOutside"]),
        "same.csv": ("document", []),
        "sub/x.csv": ("document", []),
        "up/": ("ignored", []),
        "账单.csv": ("duplicate", []),
    }  # fmt: skip


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "工资.csv", CSV).chmod(0)
    (document,) = collect(tmp_path)
    assert (document.status, document.problems[0].code) == (Status.UNREADABLE, "UnreadableFile")


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders there")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (document,) = collect(tmp_path)
    assert document.status is Status.IGNORED


def test_what_nobody_knows_is_not_recognised(tmp_path: Path) -> None:
    write(tmp_path, "a.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 20)
    write(tmp_path, "账单.rar", b"Rar!\x1a\x07\x01\x00" + bytes(range(256)))
    write(tmp_path, "账单.7z", b"7z\xbc\xaf\x27\x1c" + bytes(range(256)))
    write(tmp_path, "账单 - 快捷方式.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(range(256)))
    assert {path: (str(document.status), document.problems[0].code, str(document.problems[0].place))
            for path, document in by_path(collect(tmp_path)).items()} == {
        "a.exe": ("not recognised", "NotRecognised", "a.exe"),
        "账单 - 快捷方式.lnk": ("unreadable", "ShortcutFile", "账单 - 快捷方式.lnk"),
        "账单.7z": ("not recognised", "ArchiveNotSupported", "账单.7z"),
        "账单.rar": ("not recognised", "ArchiveNotSupported", "账单.rar"),
    }  # fmt: skip


def test_members_are_documents_of_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bills.zip", "w") as archive:
        archive.writestr("C01.csv", CSV)
        archive.writestr("__MACOSX/._C01.csv", b"x")
    write(tmp_path, "C01.csv", CSV)
    found = collect(tmp_path)
    assert [(document.path, str(document.status), document.duplicate_of) for document in found] == [
        ("C01.csv", "document", None),
        ("bills.zip", "unpacked", None),
        ("bills.zip/C01.csv", "duplicate", "C01.csv"),
        ("bills.zip/__MACOSX/._C01.csv", "ignored", None),
    ]
    assert found[2].read() == CSV


def test_the_same_archive_twice_is_unpacked_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("C01.csv", CSV)
    write(tmp_path, "b.zip", (tmp_path / "a.zip").read_bytes())
    assert [(document.path, str(document.status), document.duplicate_of) for document in collect(tmp_path)] == [
        ("a.zip", "unpacked", None),
        ("a.zip/C01.csv", "document", None),
        ("b.zip", "duplicate", "a.zip"),
    ]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="not a folder"):
        collect(tmp_path / "nothing")


def test_single_documents_from_a_file_and_from_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "工行.csv", CSV)
    first, second = document_at(path), document_of(CSV, "工行.csv")
    assert (first.path, first.sha256, first.format) == (second.path, second.sha256, Format.DELIMITED)
    assert first.read() == second.read() == CSV
    assert pickle.loads(pickle.dumps(first)).read() == CSV


def test_notes_about_a_folder_are_no_documents() -> None:
    for name in ("README.md", "readme.txt", "说明.txt", "备忘.MD"):
        assert ignored_reason(name) is not None, name
    assert ignored_reason("说明书费用.xlsx") is None


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
@pytest.mark.parametrize(
    ("raw", "shown"),
    [("对账单".encode("gbk"), "对账单"), (b"\xff\xfe", "%FF%FE"), ("账单".encode(), "账单")],
)
def test_names_of_files_and_folders_in_any_bytes(tmp_path: Path, raw: bytes, shown: str) -> None:
    try:
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
        folder.mkdir()
        Path(os.fsdecode(os.fsencode(folder) + b"/" + raw + b".csv")).write_bytes(CSV)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    (document,) = collect(tmp_path)
    assert (document.path, document.read()) == (f"{shown}/{shown}.csv", CSV)


def shut(monkeypatch: pytest.MonkeyPatch, closed: Path, name: str) -> None:
    """What the system says of a folder without the right to list it, or to look at what is in it; root has all."""
    real = getattr(os, name)

    def refusing(path: Path | str, *args: object, **more: object) -> object:
        inside = Path(path) == closed if name == "scandir" else closed in Path(path).parents
        if inside:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(os, name, refusing)


def test_a_folder_that_may_not_be_listed_is_one_unreadable_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "08网银/工行.csv", CSV)
    write(tmp_path, "关着/工行.csv", b"1,2\n")
    shut(monkeypatch, tmp_path / "关着", "scandir")
    found = by_path(collect(tmp_path))
    assert {path: document.status for path, document in found.items()} == {
        "08网银/工行.csv": Status.DOCUMENT,
        "关着/": Status.UNREADABLE,
    }
    (problem,) = found["关着/"].problems
    assert (problem.code, problem.values["reason"]) == ("UnreadableFile", "Permission denied")
    assert str(tmp_path) not in problem.message("en")


def test_what_stands_in_a_folder_that_may_be_listed_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.csv", CSV)
    write(tmp_path, "关着/工行.csv", b"1,2\n")
    write(tmp_path, "关着/深/工行.csv", b"1,3\n")
    shut(monkeypatch, tmp_path / "关着", "lstat")
    monkeypatch.setattr(Path, "lstat", lambda self: os.lstat(self))
    found = by_path(collect(tmp_path))
    assert {path: [each.code for each in document.problems] for path, document in found.items()} == {
        "a.csv": [],
        "关着/工行.csv": ["UnreadableFile"],
        "关着/深": ["UnreadableFile"],
    }


def test_a_folder_named_like_a_document_is_walked(tmp_path: Path) -> None:
    write(tmp_path, "工行.csv/十月.csv", CSV)
    write(tmp_path, "bills.zip/C01.csv", CSV + CSV)
    assert [(document.path, document.status) for document in collect(tmp_path)] == [
        ("bills.zip/C01.csv", Status.DOCUMENT),
        ("工行.csv/十月.csv", Status.DOCUMENT),
    ]


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders there")
def test_a_single_file_that_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "nothing.csv"):
        (document,) = collect_file(tmp_path / name)
        assert (document.status, document.problems[0].code) == (Status.UNREADABLE, "UnreadableFile")


def test_the_hash_is_that_of_the_bytes_that_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "工行.csv", CSV)
    (document,) = collect(tmp_path)
    assert document.as_it_is_now().sha256 == document.sha256
    path.write_bytes(CSV.replace(b"38415", b"98415"))
    now = document.as_it_is_now()
    assert (now.sha256, now.number) == (hashlib.sha256(now.read()).hexdigest(), document.number)
    now.check_unchanged()
    with pytest.raises(FileChanged):
        document.check_unchanged()
    path.unlink()
    with pytest.raises(FileChanged):
        now.check_unchanged()
