#!/usr/bin/env python3
"""Writes the fuzzers' seeds into corpus/<target>/: a few small inputs for each target of FuzzTarget.swift. All of them were
made for this project.

    python3 make_corpus.py
"""
import gzip
import io
import json
import pickle
import struct
import tarfile
from pathlib import Path

ARABIC = "قال الوزير: «ارتفعت الأسعار ٥٪» في 2020/1/2، http://a.com/ب @user [رابط] ال+ كتاب +ة é é مُحَمَّد ههههه &amp; <b>"


def header(tensors):
    text = json.dumps(tensors).encode()
    return struct.pack("<Q", len(text)) + text


def stored_zip():
    name, body = b"a/data.pkl", b"\x80\x02}q\x00."
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0, 0, len(body), len(body), len(name), 0) + name + body
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, len(body), len(body), len(name), 0, 0, 0, 0, 0, 0) + name
    return local + entry + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(local), 0)


def tensor_pickle():
    return (b"\x80\x02}q\x00X\x01\x00\x00\x00wq\x01ctorch._utils\n_rebuild_tensor_v2\nq\x02((X\x07\x00\x00\x00storageq\x03ctorch\n"
            b"FloatStorage\nq\x04X\x01\x00\x00\x000q\x05X\x03\x00\x00\x00cpuq\x06K\x02tq\x07QK\x00K\x02\x85q\x08K\x01\x85q\x09\x89cco"
            b"llections\nOrderedDict\nq\x0a)Rq\x0btq\x0cRq\x0ds.")


SIZES = {"vocab_size": 8, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16,
         "max_position_embeddings": 16}


def archive(mode):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name in ("Train/A/1.txt", "Test/B/2.txt"):
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"abc"))
    return file.getvalue()


SEEDS = {
    "tokenizer": [ARABIC.encode(), b"the thing \xff\xd8\xa7\xd9 e\xcc\x81", ("x" * 120 + " " + "ب" * 101).encode()],
    "slowTokenizer": [ARABIC.encode(), "ال+ كتاب +ة [CLS] É".encode()],
    "textLine": [json.dumps({"text": ARABIC}).encode(), json.dumps({"label": 1, "text": "a\n\"b"}, ensure_ascii=False).encode(),
                 b'{"text": "\\ud83d\\ude00 \\ud800", "x": [1, {"text": null}]}'],
    "records": [b"\x07" + text.encode() for text in (
        '[{"text": "a ] , \\" [", "label": ["x"]}, {"text": "b"}]', '{"v": [1, {"data": 2}], "data": [{"text": "a"}], "e": null}',
        '{"text": "a", "label": 3}\n\n{"text": "b", "data": []}', '[]', '[{"text":\n"a"}\n,\n{"text": "b"}\n]\n')] + [b'\x0c{"a": 4, "data": []}\r\r'],
    "gzip": [gzip.compress(b"abc" * 50, mtime=0), gzip.compress(b"", mtime=0), gzip.compress(b"a", mtime=0) + gzip.compress(b"b", mtime=0)],
    "recordLine": [json.dumps({"text": ARABIC, "label": "x", "split": "test"}).encode(), b'{"text": "a", "label": -1.5e3, "o": {"a": []}}'],
    "predictionLine": [b'{"target": 3, "logits": [0.5, -1e3, 2]}', b'{"target": "a", "probabilities": [1.0, 0]}'],
    "preprocessor": [bytes([n]) + ARABIC.encode() for n in range(3)] + ["\x02١/محرم/٢] «a» … ++ و+كتاب+ة".encode()],
    "segmenter": [ARABIC.encode(), "والكتاب وبالمدرسة لله سيكتبون فإنها [بريد]".encode()],
    "encoding": [b"\x03" + ARABIC.encode(), b"\x04" + ARABIC.encode("utf-16"), b"\x05" + "قال الوزير".encode("windows-1256"),
                 b"\x06" + "قال الوزير".encode("iso-8859-6")],
    "table": [b'\x07text,label\r\n"a, ""b""\nc",x\n\nd,y', "\x02text,label\nخبر,x".encode(), "\x05text;label\n\"a;b\";x\nc;y\n".encode(), b"\x02sep=\t\ntext\tlabel\na\tb\n"],
    "safetensors": [header({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "__metadata__": {"format": "pt"}}) + bytes(8)],
    "pickle": [tensor_pickle(), pickle.dumps({"a": [1, 2.5, None, True, "x"], "b": (1, 2)}, 2), pickle.dumps({"a": list(range(300))}, 4)],
    "zip": [stored_zip()],
    "vocabulary": ["[PAD]\n[UNK]\nال+\n##ة \r\n\nx".encode()],
    "json": [json.dumps({"model": {"vocab": {"[UNK]": 0, "é": 1}, "n": [1e5, -2, True, None]}}).encode(), b"[1e999, -" + b"7" * 320 + b"]"],
    "safetensorsHeader": [bytes([1, 4, 1, 3]), bytes([2, 12, 4, 1, 3] * 3), bytes([3, 0, 12, 4, 1, 0, 12, 13])],
    "pickleProgram": [bytes([1, 0, 2, 16]), bytes([7, 0, 13, 0, 7, 0, 14, 0, 9, 0, 13, 0]), bytes([5, 16, 6, 16]), bytes([0, 16] * 8)],
    "tokenizerFile": [json.dumps({"model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "قال": 3}},
                                  "normalizer": {"type": "BertNormalizer", "lowercase": True}, "pre_tokenizer": {"type": "BertPreTokenizer"},
                                  "added_tokens": [{"id": 0, "content": "[UNK]", "special": True}]}, ensure_ascii=False).encode()],
    "configuration": [json.dumps(dict(SIZES, **more)).encode() for more in (
        {"id2label": {"0": "A", "1": "B"}}, {"num_labels": 3},
        {"farq": {"format": 1, "architecture": "encoder", "attention": {"variant": "diff", "pairing": "pair", "granularity": "layers",
                                                                        "layers": [1], "heads": None, "stack": "encoder", "lambda_init": "depth"}}})],
    "documents": [stored_zip(), archive("w:gz"), archive("w"), b'{"text": "a", "label": "b"}\n', b"text,label\na,b\n",
                  gzip.compress(b"text\tlabel\na\tb\n", mtime=0)],
}


def main():
    folder = Path(__file__).parent / "corpus"
    folder.mkdir(exist_ok=True)
    for name, seeds in SEEDS.items():
        (folder / name).mkdir(exist_ok=True)
        for index, seed in enumerate(seeds):
            (folder / name / f"seed-{index}").write_bytes(seed)


if __name__ == "__main__":
    main()
