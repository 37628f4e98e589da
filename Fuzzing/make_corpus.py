#!/usr/bin/env python3
"""Writes the fuzzers' seeds into corpus/: a few small inputs for each target of FuzzTarget.swift, whose number is the
first byte. All of them were made for this project.

    python3 make_corpus.py
"""
import json
import pickle
import struct
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


SEEDS = {
    "tokenizer": [ARABIC.encode(), b"the thing \xff\xd8\xa7\xd9 e\xcc\x81", ("x" * 120 + " " + "ب" * 101).encode()],
    "slowTokenizer": [ARABIC.encode(), "ال+ كتاب +ة [CLS] É".encode()],
    "textLine": [json.dumps({"text": ARABIC}).encode(), json.dumps({"label": 1, "text": "a\n\"b"}, ensure_ascii=False).encode(),
                 b'{"text": "\\ud83d\\ude00 \\ud800", "x": [1, {"text": null}]}'],
    "recordLine": [json.dumps({"text": ARABIC, "label": "x", "split": "test"}).encode(), b'{"text": "a", "label": -1.5e3, "o": {"a": []}}'],
    "predictionLine": [b'{"target": 3, "logits": [0.5, -1e3, 2]}', b'{"target": "a", "probabilities": [1.0, 0]}'],
    "preprocessor": [bytes([n]) + ARABIC.encode() for n in range(3)] + ["\x02١/محرم/٢] «a» … ++ و+كتاب+ة".encode()],
    "segmenter": [ARABIC.encode(), "والكتاب وبالمدرسة لله سيكتبون فإنها [بريد]".encode()],
    "encoding": [b"\x03" + ARABIC.encode(), b"\x04" + ARABIC.encode("utf-16"), b"\x05" + "قال الوزير".encode("windows-1256"),
                 b"\x06" + "قال الوزير".encode("iso-8859-6")],
    "table": [b'\x07text,label\r\n"a, ""b""\nc",x\n\nd,y', "\x02text,label\nخبر,x".encode()],
    "safetensors": [header({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "__metadata__": {"format": "pt"}}) + bytes(8)],
    "pickle": [tensor_pickle(), pickle.dumps({"a": [1, 2.5, None, True, "x"], "b": (1, 2)}, 2), pickle.dumps({"a": list(range(300))}, 4)],
    "zip": [stored_zip()],
    "vocabulary": ["[PAD]\n[UNK]\nال+\n##ة \r\n\nx".encode()],
    "tokenizerJSON": [json.dumps({"model": {"vocab": {"[UNK]": 0, "é": 1}, "n": [1e5, -2, True, None]}}).encode(), b"[1e999, -" + b"7" * 320 + b"]"],
}


def main():
    folder = Path(__file__).parent / "corpus"
    folder.mkdir(exist_ok=True)
    for number, (name, seeds) in enumerate(SEEDS.items()):
        for index, seed in enumerate(seeds):
            (folder / f"{name}-{index}").write_bytes(bytes([number]) + seed)


if __name__ == "__main__":
    main()
