"""Makes the archives of ArchiveReaderTests (tar, compressed and zip forms, and ones made to do harm) and the code
pages of EncodingTests as Python's codecs have them.

Run with Python 3.11 or later (standard library only); the same bytes come out every time:
    python3 make_fixtures.py
"""

import gzip
import hashlib
import io
import json
import pathlib
import platform
import random
import struct
import tarfile
import zipfile

SEED = 20190604
HERE = pathlib.Path(__file__).parent
DATE = (2019, 6, 4, 0, 0, 0)
ARTICLES = [
    ("news/train/Sports/1.txt", "فاز الفريق في المباراة"),
    ("news/train/Tech/1.txt", "هاتف جديد في السوق"),
    ("news/test/Sports/1.txt", "خسر الفريق اليوم"),
    ("news/test/Tech/1.txt", "حاسوب سريع جدا"),
]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def tarred(members, encoding=None):
    """members: (name, content or TarInfo changes as a dict); names are in `encoding` where one is given."""
    out = io.BytesIO()
    form = tarfile.GNU_FORMAT if encoding else tarfile.PAX_FORMAT
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding or "utf-8") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.mtime = 1559606400
            if isinstance(content, dict):
                for key, value in content.items():
                    setattr(info, key, value)
                archive.addfile(info)
            else:
                data = content.encode() if isinstance(content, str) else content
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def symlink_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("news/Sports/link.txt", DATE)
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def encrypted_zip():
    """A stored member whose header says it is encrypted."""
    data = bytearray(zipped([("news/Sports/1.txt", bytes(random.Random(SEED).randbytes(64)))], zipfile.ZIP_STORED))
    struct.pack_into("<H", data, 6, 1)
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    return bytes(data)


def wrong_checksum_zip():
    data = bytearray(zipped(ARTICLES, zipfile.ZIP_STORED))
    position = data.index("فاز".encode())
    data[position + 1] ^= 1
    return bytes(data)


def code_page(name):
    """The scalar of each byte from 128, None where it is not defined."""
    scalars = []
    for byte in range(128, 256):
        try:
            scalars.append(ord(bytes([byte]).decode(name)))
        except UnicodeDecodeError:
            scalars.append(None)
    return scalars


def main():
    generator = random.Random(SEED)
    records = "".join(
        json.dumps({"text": text, "label": name.split("/")[2], "split": name.split("/")[1]}, ensure_ascii=False) + "\n"
        for name, text in ARTICLES
    ).encode()
    good_zip = zipped(ARTICLES + [("news/train/Tech/2.txt", " ".join(f"كلمة{generator.random()}" for _ in range(400)))])
    good_tar_gz = gzip.compress(tarred(ARTICLES), mtime=0)
    files = {
        "good.zip": zipped(ARTICLES),
        "good.tar": tarred(ARTICLES),
        "good.tar.gz": good_tar_gz,
        "good.jsonl.gz": gzip.compress(records, mtime=0),
        # Two gzip members in one file, as `cat a.gz b.gz` makes them.
        "joined.jsonl.gz": b"".join(gzip.compress(line + b"\n", mtime=0) for line in records.splitlines()),
        "records-in.tar": tarred([("data/train.jsonl", records), ("data/README.md", "read me")]),
        "arabic-labels.zip": zipped([("أخبار/رياضة/1.txt", "فاز الفريق"), ("أخبار/تقنية/1.txt", "هاتف جديد")]),
        "names-cp1256.tar": tarred(
            [("أخبار/رياضة/1.txt", "فاز الفريق"), ("أخبار/تقنية/1.txt", "هاتف جديد")], encoding="cp1256"),
        "climbing.zip": zipped([("../Sports/1.txt", "x"), ("news/Tech/1.txt", "y")]),
        "climbing-deep.tar": tarred([("news/Sports/../../../evil.txt", "x")]),
        "climbing-backslash.zip": zipped([("news\\..\\..\\evil.txt", "x")]),
        "absolute.tar": tarred([("/tmp/farq-evil/1.txt", "x")]),
        "drive.zip": zipped([("C:\\Sports\\1.txt", "x")]),
        "symlink.tar": tarred([("news/Sports/1.txt", {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"})]),
        "symlink.zip": symlink_zip(),
        "hardlink.tar": tarred([("news/Sports/1.txt", {"type": tarfile.LNKTYPE, "linkname": "/etc/passwd"})]),
        "device.tar": tarred([("news/Sports/1.txt", {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5})]),
        "encrypted.zip": encrypted_zip(),
        "wrong-checksum.zip": wrong_checksum_zip(),
        "cut-off.zip": good_zip[: len(good_zip) // 2],
        "cut-off.tar.gz": good_tar_gz[: len(good_tar_gz) * 2 // 3],
        "cut-off.tar": tarred(ARTICLES)[:1300],
        "cut-off.jsonl.gz": gzip.compress(records, mtime=0)[:-12],
        # 64 MB of one letter in 65 kB.
        "bomb.zip": zipped([("news/Sports/1.txt", b"a"), ("news/Tech/bomb.jsonl", b" " * (64 << 20))]),
        "bomb.jsonl.gz": gzip.compress(b" " * (64 << 20), mtime=0),
        "article.txt.gz": gzip.compress("فاز الفريق بالمباراة\n".encode(), mtime=0),
        "many.zip": zipped([(f"news/Sports/{i}.txt", "x") for i in range(300)], zipfile.ZIP_STORED),
        "code-pages.json": json.dumps({name: code_page(name) for name in ["cp1256", "iso8859_6", "cp720", "cp864"]}).encode(),
        "not-a.zip": b"this is no archive\n",
        "not-a.jsonl.gz": records,
    }
    checksums = {}
    for name, content in files.items():
        (HERE / name).write_bytes(content)
        checksums[name] = hashlib.sha256(content).hexdigest()
    manifest = {
        "script": "make_fixtures.py",
        "seed": SEED,
        "versions": {"python": platform.python_version()},
        "sha256": checksums,
    }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
