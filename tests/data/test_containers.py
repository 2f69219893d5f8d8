import gzip
import io
import random
import zipfile

import pytest

from dashboard.data import containers
from dashboard.errors import SourceError

TEXT = b"a,b\n1,2\n"


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def unpacked(tmp_path, content, name="report.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return containers.unpack(path)


def encrypted():
    content = bytearray(packed(a=TEXT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [TEXT, gzip.compress(TEXT), packed(**{"x/a.csv": TEXT})],
    ids=["plain", "gzip", "zip"],
)
def test_plain_gzip_and_zip_hold_the_same_bytes_whatever_their_name(tmp_path, content):
    assert unpacked(tmp_path, content) == TEXT


def test_folders_and_companions_of_an_archive_are_no_data(tmp_path):
    members = {"x/": b"", "__MACOSX/x/._a.csv": b"1", "x/.DS_Store": b"2", "x/a.csv": TEXT}
    assert unpacked(tmp_path, packed(**members)) == TEXT


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed(a=TEXT, b=TEXT), "holds 2 data files"),
        (packed(), "holds 0 data files"),
        (encrypted(), "is encrypted"),
        (packed(a=gzip.compress(TEXT)), "holds another archive"),
        (gzip.compress(gzip.compress(TEXT)), "holds another archive"),
        (gzip.compress(TEXT)[:-9], "damaged or truncated"),
        (packed(a=TEXT * 99)[:-40], "damaged or truncated"),
        (gzip.compress(bytes(20_000_000)), "over the limit"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_any_other_archive_is_refused_in_one_sentence(tmp_path, content, why):
    with pytest.raises(SourceError, match=rf"^report\.csv .*{why}.*\.$"):
        unpacked(tmp_path, content)


def test_a_bomb_is_refused_by_its_ratio_long_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "RATIO_LIMIT", 10)
    with pytest.raises(SourceError, match="over the limit"):
        unpacked(tmp_path, gzip.compress(bytes(17 * 1024**2)))


def test_a_bomb_is_refused_by_its_ratio_so_far_whatever_comes_behind_it(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "RATIO_LIMIT", 20)
    monkeypatch.setattr(containers, "RATIO_FREE", 1024**2)
    bomb = gzip.compress(bytes(8 * 1024**2))
    ballast = gzip.compress(random.Random(1).randbytes(1024**2))
    assert 20 * len(bomb + ballast) > 9 * 1024**2
    with pytest.raises(SourceError, match="over the limit"):
        unpacked(tmp_path, bomb + ballast)
    assert len(unpacked(tmp_path, ballast + bomb)) == 9 * 1024**2


@pytest.mark.parametrize(
    "content",
    [
        "Ім'я\r\nЯ\r\n".encode(),
        "\ufeffІм'я\rЯ\r".encode(),
        "Ім'я\nЯ\n".encode("utf-16"),
        "\ufeffІм'я\nЯ\n".encode("utf-16-be"),
    ],
)
def test_text_of_every_accepted_encoding_and_line_end_reads_the_same(content):
    assert containers.decode("a.csv", content) == "Ім'я\nЯ\n".encode()


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        (b"abc\xe9\n", 3),
        (b"\xef\xbb\xbfabc\xe9\n", 6),
        (b"abc\0\n", 3),
        ("abc\n".encode("utf-16-le"), 1),
        (b"\xff\xfea\x00b", 4),
    ],
)
def test_anything_else_is_refused_with_the_offset_of_the_first_wrong_byte(content, offset):
    with pytest.raises(SourceError, match=rf"^a\.csv is neither UTF-8 nor .*byte {offset}\)\.$"):
        containers.decode("a.csv", content)
