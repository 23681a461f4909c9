"""Archives: names as they were meant, bounds, hostile names, passwords, damage."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from auditor.documents.archives import unpack
from auditor.documents.collect import Status, collect
from auditor.documents.errors import DocumentError
from auditor.documents.identify import Format
from auditor.documents.member_names import safe_name
from auditor.documents.storage import Limits, Store

CSV = "日期,金额\n2026-10-08,38415.60\n".encode()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def raw_zip(name: bytes, data: bytes, extra: bytes = b"", flags: int = 0) -> bytes:
    """A zip with one stored member whose name is these bytes."""
    sizes = (zlib.crc32(data), len(data), len(data), len(name), len(extra))
    fixed = struct.pack("<HHHHHLLLHH", 20, flags, 0, 0, 0, *sizes)
    local = b"PK\x03\x04" + fixed + name + extra + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name + extra
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def names(data: bytes, form: Format = Format.ZIP, limits: Limits | None = None) -> list[str]:
    """Names of members, and codes of problems."""
    found = unpack(io.BytesIO(data), "x.gz", form, Store(limits or Limits()))
    return [member.code if isinstance(member, DocumentError) else member.name for member in found]


@pytest.mark.parametrize(
    "data",
    [
        zipped(("十月/对账单.csv", CSV)),
        raw_zip("十月/对账单.csv".encode("gbk"), CSV),
        raw_zip("十月\\对账单.csv".encode("gbk"), CSV),
        raw_zip("十月/对账单.csv".encode(), CSV),
        raw_zip(
            b"??/???.csv",
            CSV,
            struct.pack("<HHBL", 0x7075, 5 + len("十月/对账单.csv".encode()), 1, zlib.crc32(b"??/???.csv"))
            + "十月/对账单.csv".encode(),
        ),
    ],
    ids=["utf-8 flag", "gbk", "gbk with backslash", "utf-8 without flag", "unicode path field"],
)
def test_chinese_names_come_out_right(data: bytes) -> None:
    assert names(data) == ["十月/对账单.csv"]


def test_a_gbk_name_whose_second_byte_is_a_backslash_stays_whole() -> None:
    assert names(raw_zip("乗車.csv".encode("gbk"), CSV)) == ["乗車.csv"]
    assert b"\\" in "乗車.csv".encode("gbk")


@pytest.mark.parametrize("name", ["../a.csv", "a/../../b.csv", "/etc/passwd", "C:\\a.csv", "..\\a.csv", "a\nb.csv", ""])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    assert safe_name(name) is None


def test_a_refused_member_costs_itself_only() -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    data = zipped(("../evil.csv", CSV), (link, b"/etc/passwd"), ("./好.csv", CSV))
    assert names(data) == ["UnsafeMemberName", "UnsafeMemberName", "好.csv"]


def tarred(mode: str = "w", *, link: bool = False) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name in ("十月/甲.csv", "../乙.csv", "丙.csv"):
            info = tarfile.TarInfo(name)
            info.size = len(CSV)
            archive.addfile(info, io.BytesIO(CSV))
        if link:
            info = tarfile.TarInfo("link")
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("mode", "form"),
    [("w", Format.TAR), ("w:gz", Format.GZIP), ("w:bz2", Format.BZIP2), ("w:xz", Format.XZ)],
)
def test_tars_plain_and_packed(mode: str, form: Format) -> None:
    assert names(tarred(mode, link=True), form) == ["十月/甲.csv", "UnsafeMemberName", "丙.csv", "UnsafeMemberName"]


def test_gz_of_one_file_is_named_by_the_archive(tmp_path: Path) -> None:
    (tmp_path / "流水.csv.gz").write_bytes(gzip.compress(CSV))
    assert [(document.path, document.status) for document in collect(tmp_path)] == [
        ("流水.csv.gz", Status.UNPACKED),
        ("流水.csv.gz/流水.csv", Status.DOCUMENT),
    ]


def test_nested_archives_to_the_depth_allowed(tmp_path: Path) -> None:
    data = zipped(("账单.csv", CSV))
    for depth in range(3):
        data = zipped((f"{depth}.zip", data))
    (tmp_path / "a.zip").write_bytes(data)
    assert [document.path for document in collect(tmp_path)][-1] == "a.zip/2.zip/1.zip/0.zip/账单.csv"
    deep = collect(tmp_path, limits=Limits(depth=2))[-1]
    assert (deep.path, deep.status, deep.problems[0].code) == ("a.zip/2.zip/1.zip", Status.UNREADABLE, "ArchiveLimit")


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(members=1), ["a.csv", "ArchiveLimit"]),
        (Limits(total_bytes=150_000), ["a.csv", "ArchiveLimit"]),
        (Limits(member_bytes=50_000), ["ArchiveLimit"]),
        (Limits(ratio=10, ratio_from=50_000), ["ArchiveLimit"]),
        (Limits(ratio=10), ["a.csv", "b.csv"]),
    ],
    ids=["members", "total", "member", "ratio", "small is no bomb"],
)
def test_limits(limits: Limits, expected: list[str]) -> None:
    assert names(zipped(("a.csv", bytes(100_000)), ("b.csv", bytes(100_000))), limits=limits) == expected


def test_a_packed_tar_is_held_to_the_ratio_too() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("bomb.csv")
        info.size = 20 << 20
        archive.addfile(info, io.BytesIO(bytes(info.size)))
    assert names(buffer.getvalue(), Format.GZIP, Limits(ratio=100, ratio_from=1 << 20)) == ["ArchiveLimit"]


def test_limits_hold_over_all_archives_together(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(zipped((f"{name}.csv", name.encode() * 10_000)))
    found = {document.path: document for document in collect(tmp_path, limits=Limits(total_bytes=60_000))}
    assert [problem.code for problem in found["b.zip"].problems] == ["ArchiveLimit"]
    assert (found["a.zip"].problems, found["b.zip"].status) == ((), Status.UNREADABLE)


def test_large_members_are_spooled_and_the_files_go_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spool))
    folder = tmp_path / "month"
    folder.mkdir()
    (folder / "a.zip").write_bytes(zipped(("大.csv", CSV * 1000), ("小.csv", b"1,2\n")))
    documents = collect(folder, limits=Limits(in_memory=1000))
    assert [document.location is not None for document in documents] == [True, True, False]
    assert documents[1].read() == CSV * 1000
    del documents
    assert list(spool.iterdir()) == []


def encrypted_zip(password: bytes) -> bytes:
    """A zip with the traditional encryption, which the standard library reads but does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    for byte in password:
        update(byte)
    crc = zlib.crc32(CSV)
    sealed = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + CSV:
        mix = (keys[2] | 2) & 0xFFFF
        sealed.append(byte ^ ((mix * (mix ^ 1)) >> 8 & 0xFF))
        update(byte)
    name = "账单.csv".encode("gbk")
    fixed = struct.pack("<HHHHHLLLHH", 20, 1, 0, 0, 0, crc, len(sealed), len(CSV), len(name), 0)
    local = b"PK\x03\x04" + fixed + name + bytes(sealed)
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


@pytest.mark.parametrize(
    ("password", "given", "expected"),
    [
        (b"123456", [], "PasswordNeeded"),
        (b"123456", ["000000", "111111"], "WrongPassword"),
        (b"123456", ["000000", "123456"], CSV),
        ("密码".encode("gbk"), ["密码"], CSV),
    ],
    ids=["none given", "wrong", "second fits", "chinese in gbk"],
)
def test_passwords_of_zips(tmp_path: Path, password: bytes, given: list[str], expected: str | bytes) -> None:
    (tmp_path / "a.zip").write_bytes(encrypted_zip(password))
    member = collect(tmp_path, passwords=given)[1]
    assert member.path == "a.zip/账单.csv"
    assert (member.problems[0].code if member.problems else member.read()) == expected


def test_a_truncated_zip_costs_itself(tmp_path: Path) -> None:
    data = zipped(("a.csv", CSV * 100))
    (tmp_path / "a.zip").write_bytes(data[:-30])
    (tmp_path / "b.csv").write_bytes(CSV)
    found = collect(tmp_path)
    assert [(document.path, document.status) for document in found] == [
        ("a.zip", Status.UNREADABLE),
        ("b.csv", Status.DOCUMENT),
    ]
    assert found[0].problems[0].code == "TruncatedFile"


def test_a_truncated_tar_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("甲.csv", "乙.csv"):
            info = tarfile.TarInfo(name)
            info.size = 3000
            archive.addfile(info, io.BytesIO(name.encode() * 1000))
    (tmp_path / "a.tar").write_bytes(buffer.getvalue()[: 512 + 3072 + 512 + 700])
    found = {document.path: document for document in collect(tmp_path)}
    assert found["a.tar/甲.csv"].size == 3000
    assert found["a.tar"].problems[0].code == "TruncatedFile"
    assert "a.tar/乙.csv" not in found


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    data = bytearray(raw_zip("坏.csv".encode("gbk"), CSV))
    data[30 + len("坏.csv".encode("gbk")) + 3] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(data))
    member = collect(tmp_path)[1]
    assert (member.path, member.status, member.problems[0].code) == ("a.zip/坏.csv", Status.UNREADABLE, "MemberNotRead")


def test_two_members_of_one_name_are_both_there(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.csv", CSV), ("a.csv", CSV + b"1,2\n"))
    (tmp_path / "a.zip").write_bytes(data)
    assert [document.path for document in collect(tmp_path)] == ["a.zip", "a.zip/a.csv", "a.zip/a.csv (2)"]


GBK, SJIS, NONE = "对账单.csv".encode("gbk"), "テスト.csv".encode("shift_jis"), b"\xff\xfe.csv"


@pytest.mark.parametrize(
    ("name", "shown"),
    [(GBK, "对账单.csv"), (SJIS, "僥僗僩.csv"), (NONE, "%FF%FE.csv"), ("对账单.csv".encode(), "对账单.csv")],
    ids=["gbk", "shift-jis, which gb18030 takes", "no text", "utf-8"],
)
def test_a_name_that_says_to_be_utf_8_and_is_not_costs_nothing(name: bytes, shown: str) -> None:
    flagged = raw_zip(name, CSV, flags=0x800)
    assert names(flagged) == [shown]
    (member,) = unpack(io.BytesIO(flagged), "x.zip", Format.ZIP, Store(Limits()))
    assert not isinstance(member, DocumentError)
    assert member.content is not None
    with member.content.open() as stream:
        assert stream.read() == CSV


def test_names_of_a_tar_in_any_bytes() -> None:
    data = tar_of((os.fsdecode(GBK), CSV), (os.fsdecode(NONE), CSV))
    assert names(data, Format.TAR) == ["对账单.csv", "%FF%FE.csv"]


def tar_of(*members: tuple[str, bytes], mode: str = "w", **kinds: bytes) -> bytes:
    """A tar of files; `kinds`: names of members of other kinds."""
    buffer = io.BytesIO()
    with tarfile.open(  # type: ignore[call-overload]
        fileobj=buffer, mode=mode, format=tarfile.GNU_FORMAT, errors="surrogateescape", encoding="utf-8"
    ) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind in kinds.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    return buffer.getvalue()


def stating(data: bytes, members: int) -> bytes:
    """A zip whose end states so many members."""
    at = data.rindex(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", members, members) + data[at + 12 :]


TWO = (("甲.csv", CSV), ("乙.csv", CSV + CSV))
NOISE = bytes(range(256)) * 64


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cut between members", tar_of(*TWO)[:1024], "TruncatedFile"),
        ("cut inside", tar_of(*TWO)[:1600], "TruncatedFile"),
        ("packed and cut", tar_of(*TWO, ("丙.csv", NOISE), mode="w:gz")[:-40], "TruncatedFile"),
        ("name leaves the folder", tar_of(*TWO, ("../丙.csv", CSV)), "UnsafeMemberName"),
        ("a link", tar_of(*TWO, link=tarfile.SYMTYPE), "UnsafeMemberName"),
        ("a hard link", tar_of(*TWO, link=tarfile.LNKTYPE), "UnsafeMemberName"),
        ("a device", tar_of(*TWO, device=tarfile.CHRTYPE), "UnsafeMemberName"),
        ("two in one", tar_of(*TWO) + tar_of(("丙.csv", CSV)), "TruncatedFile"),
        ("fewer than stated", stating(zipped(*TWO), 7), "TruncatedFile"),
        ("more than stated", stating(zipped(*TWO), 1), "TruncatedFile"),
        ("absolute name", zipped(*TWO, ("/丙.csv", CSV)), "UnsafeMemberName"),
    ],
)
def test_an_archive_of_which_something_is_lost_is_partly_unpacked(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = {document.path: document for document in collect(tmp_path)}
    assert found[name].status is Status.PARTLY
    assert {problem.code for problem in found[name].problems} == {code}
    assert found[f"{name}/甲.csv"].status is Status.DOCUMENT


@pytest.mark.parametrize(
    "limits",
    [Limits(members=1), Limits(total_bytes=50), Limits(member_bytes=50), Limits(ratio=0, ratio_from=50)],
    ids=["members", "total", "member", "ratio"],
)
def test_a_limit_reached_after_the_first_member_is_partly_unpacked(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(*TWO))
    found = {document.path: document for document in collect(tmp_path, limits=limits)}
    assert (found["a.zip"].status, [each.code for each in found["a.zip"].problems]) == (Status.PARTLY, ["ArchiveLimit"])
    assert found["a.zip/甲.csv"].status is Status.DOCUMENT


def test_all_that_comes_out_of_one_file_is_held_to_the_ratio(tmp_path: Path) -> None:
    zeros = bytes(100_000)
    (tmp_path / "many.zip").write_bytes(zipped(*((f"{number}.csv", zeros) for number in range(20))))
    (tmp_path / "nested.zip").write_bytes(zipped(*((f"{n}.zip", zipped(("a", zeros + bytes([n])))) for n in range(20))))
    found = {each.path: each for each in collect(tmp_path, limits=Limits(ratio=10, ratio_from=300_000))}
    assert [each.code for each in found["many.zip"].problems] == ["ArchiveLimit"]
    assert "ArchiveLimit" in {each.code for document in found.values() for each in document.problems
                              if document.path.startswith("nested.zip")}  # fmt: skip
    assert sum(each.size for each in found.values() if each.path.endswith(".csv")) <= 400_000


def test_an_archive_without_members_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped())
    (tmp_path / "b.zip").write_bytes(zipped(("folder/", b"")))
    for document in collect(tmp_path):
        assert (document.status, document.problems) == (Status.UNPACKED, ())
        assert document.reason is not None
        assert document.reason.en == "archive with nothing in it"


def test_a_path_names_one_document(tmp_path: Path) -> None:
    inner = zipped(("x.csv", CSV))
    (tmp_path / "a.zip").write_bytes(zipped(("b.zip", inner), ("b.zip/x.csv", CSV + CSV)))
    assert [document.path for document in collect(tmp_path)] == [
        "a.zip", "a.zip/b.zip", "a.zip/b.zip/x.csv", "a.zip/b.zip/x.csv (2)",
    ]  # fmt: skip


def test_whatever_a_library_raises_costs_the_archive_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(*TWO))
    (tmp_path / "b.csv").write_bytes(CSV * 3)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda self: [][1])
    found = {document.path: document for document in collect(tmp_path)}
    assert (found["a.zip"].status, found["a.zip"].problems[0].code) == (Status.UNREADABLE, "TruncatedFile")
    assert found["b.csv"].status is Status.DOCUMENT
