"""Writes Sources/FarqTokenizer/Unicode/*.swift: the Unicode properties as `tokenizers` 0.22.2 sees them.

Nothing is taken from a Unicode data file: every one of the 0x110000 scalars is put to the library itself, so the
tables carry its mixture of Unicode versions (categories of the crate unicode_categories 0.1.1, decompositions of
unicode-normalization-alignments 0.1.12, case and white space of its Rust standard library).

The slow BertTokenizer of transformers asks Python instead: PythonScalarData holds what Python 3.11 (Unicode 14.0.0)
says differently.

    python3 make_unicode_tables.py        (needs CPython 3.11, tokenizers==0.22.2, transformers==4.57.6)
"""
import pathlib
import textwrap
import unicodedata

import tokenizers
from tokenizers import normalizers, pre_tokenizers
from transformers.models.bert.tokenization_bert import BasicTokenizer

assert tokenizers.__version__ == "0.22.2", tokenizers.__version__
assert unicodedata.unidata_version == "14.0.0", unicodedata.unidata_version
FOLDER = pathlib.Path(__file__).resolve().parents[3] / "Sources/FarqTokenizer/Unicode"
SCALARS = [s for s in range(0x110000) if not 0xD800 <= s < 0xE000]


def bert(**options):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **options}).normalize_str


def ranges(scalars):
    out = []
    for scalar in sorted(scalars):
        if out and out[-1][1] == scalar - 1:
            out[-1][1] = scalar
        else:
            out.append([scalar, scalar])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in out)


def hexes(text):
    return ",".join(f"{ord(c):x}" for c in text)


def classes():
    clean, chinese, split = bert(clean_text=True), bert(handle_chinese_chars=True), pre_tokenizers.BertPreTokenizer()
    found = {name: [] for name in ("removed", "blank", "ideographs", "white", "punctuation")}
    for scalar in SCALARS:
        text = f"a{chr(scalar)}b"
        cleaned = clean(text)
        if cleaned != text:
            found["removed" if cleaned == "ab" else "blank"].append(scalar)
            assert cleaned in ("ab", "a b"), hex(scalar)
        if chinese(text) != text:
            assert chinese(text) == f"a {chr(scalar)} b", hex(scalar)
            found["ideographs"].append(scalar)
        pieces = [piece for piece, _ in split.pre_tokenize_str(text)]
        if pieces == ["a", "b"]:
            found["white"].append(scalar)
        elif len(pieces) == 3:
            found["punctuation"].append(scalar)
        else:
            assert pieces == [text], hex(scalar)
    return found


def word_characters():
    """The scalars of the regular expression word class, seen through an added token that must be a single word."""
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"?": 0}, unk_token="?"))
    tokenizer.add_tokens([tokenizers.AddedToken("@@", single_word=True, normalized=False)])
    return [s for s in SCALARS if tokenizer.encode(chr(s) + "@@").ids[-1] == 0]


def combining_classes(nfd):
    """The canonical combining class of every scalar: where it lands among marks whose class is known."""
    marks = {}
    for scalar in SCALARS:
        value = unicodedata.combining(chr(scalar))
        c = chr(scalar)
        known = nfd(c) == c and (nfd(c + "\u0334") != c + "\u0334" or nfd("\u0345" + c) != "\u0345" + c)
        if value and value not in marks and known:
            marks[value] = c
    order = sorted(marks)
    for low, high in zip(order, order[1:]):
        assert nfd(marks[high] + marks[low]) == marks[low] + marks[high]
    found = {}
    for scalar in SCALARS:
        c = chr(scalar)
        if len(nfd(c)) != 1 or nfd(c) != c:
            continue
        above = nfd(c + marks[order[0]]) != c + marks[order[0]]
        below = nfd(marks[order[-1]] + c) != marks[order[-1]] + c
        if above or below:
            least = max((v for v in order if nfd(c + marks[v]) != c + marks[v]), default=0)
            most = min((v for v in order if nfd(marks[v] + c) != marks[v] + c), default=255)
            between = [v for v in order if least < v < most]
            assert len(between) == 1, (hex(scalar), between)
            found[scalar] = between[0]
    return found


def write(name, comment, entries):
    words = {key: textwrap.wrap(value, 110, break_long_words=False, break_on_hyphens=False) for key, value in entries.items()}
    lines = [
        "// Made by Tests/FarqTokenizerTests/Fixtures/make_unicode_tables.py from tokenizers 0.22.2; not edited by hand.",
        "", f"/// {comment}", f"enum {name} {{"]
    for index, (key, body) in enumerate(words.items()):
        lines += [""] if index else []
        lines += [f"  static let {key}: StaticString = \"\"\""] + [f"    {line} \\" for line in body[:-1]]
        lines += [f"    {line}" for line in body[-1:]] + ['    """']
    (FOLDER / f"{name}.swift").write_text("\n".join(lines + ["}", ""]), encoding="utf-8")


def python_data(decompositions, values, lowered):
    """Python's classes, and where its decompositions, combining classes and lower case go beyond the library's."""
    category = {s: unicodedata.category(chr(s)) for s in SCALARS}
    white = [s for s in SCALARS if chr(s).isspace()]
    assert white == [s for s in SCALARS if len(f"a{chr(s)}b".split()) == 2]
    ascii_marks = [*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127)]
    kept = (9, 10, 13)
    own = {s: unicodedata.normalize("NFD", chr(s)) for s in SCALARS if not 0xAC00 <= s < 0xD7A4}
    more = {s: text for s, text in own.items() if text != decompositions.get(s, chr(s))}
    assert not set(more) & set(decompositions)
    combining = {s: unicodedata.combining(chr(s)) for s in SCALARS if unicodedata.combining(chr(s)) != values.get(s, 0)}
    assert not set(combining) & set(values)
    lower = {s: chr(s).lower() for s in SCALARS if chr(s).lower() != lowered.get(s, chr(s))}
    return {
        "removed": ranges(s for s in SCALARS if s in (0, 0xFFFD) or category[s][0] == "C" and s not in kept),
        "blank": ranges(s for s in SCALARS if s in kept or category[s] == "Zs"),
        "white": ranges(white),
        "ideographs": ranges(s for s in SCALARS if BasicTokenizer()._is_chinese_char(s)),
        "punctuation": ranges(s for s in SCALARS if s in ascii_marks or category[s][0] == "P"),
        "nonspacingMarks": ranges(s for s in SCALARS if category[s] == "Mn"),
        "decompositions": " ".join(f"{s:x}>{hexes(text)}" for s, text in more.items()),
        "combiningClasses": " ".join(
            f"{v}:" + ranges(s for s in combining if combining[s] == v).replace(" ", ",")
            for v in sorted(set(combining.values()))),
        "lowercase": " ".join(f"{s:x}>{hexes(text)}" for s, text in lower.items()),
        "uncomposed": ranges(s for s, text in own.items() if text != chr(s)
                             and unicodedata.normalize("NFC", chr(s)) != chr(s)),
    }


def main():
    nfd, lower, strip = normalizers.NFD().normalize_str, bert(lowercase=True), bert(strip_accents=True)
    found = classes()
    decompositions = {s: nfd(chr(s)) for s in SCALARS if nfd(chr(s)) != chr(s)}
    marks = [s for s in SCALARS if s not in decompositions and strip(chr(s)) == ""]
    for scalar, text in decompositions.items():
        assert strip(chr(scalar)) == "".join(c for c in text if ord(c) not in marks), hex(scalar)
    syllables = range(0xAC00, 0xD7A4)
    for s in syllables:
        index = s - 0xAC00
        jamo = [0x1100 + index // 588, 0x1161 + index % 588 // 28] + ([0x11A7 + index % 28] if index % 28 else [])
        assert decompositions.pop(s) == "".join(map(chr, jamo)), hex(s)
    pairs = [f"{s:x}>{hexes(text)}" for s, text in decompositions.items()]
    half = sum(s < 0xF900 for s in decompositions)
    lowered = {s: lower(chr(s)) for s in SCALARS if lower(chr(s)) != chr(s)}
    values = combining_classes(nfd)
    entries = []
    for value in sorted(set(values.values())):
        found_ranges = ranges(s for s in values if values[s] == value).split()
        entries += [f"{value}:" + ",".join(found_ranges[i:i + 8]) for i in range(0, len(found_ranges), 8)]
    combining = " ".join(entries)
    write("ScalarClassData", "Classes of scalars as ranges of hexadecimal numbers.",
          {**{key: ranges(value) for key, value in found.items()}, "nonspacingMarks": ranges(marks),
           "wordCharacters": ranges(word_characters())})
    write("CombiningClassData", "Canonical combining classes, each with its ranges.", {"classes": combining})
    write("DecompositionData", "Canonical decompositions (NFD) below U+F900, Hangul syllables left out.",
          {"pairs": " ".join(pairs[:half])})
    write("CompatibilityIdeographData", "Canonical decompositions (NFD) from U+F900.", {"pairs": " ".join(pairs[half:])})
    write("LowercaseData", "Lower case, scalar by scalar.", {"pairs": " ".join(f"{s:x}>{hexes(text)}" for s, text in lowered.items())})
    write("PythonScalarData", "What Python 3.11 (Unicode 14.0.0) says of scalars; mappings beside the library's.",
          python_data(decompositions, values, lowered))


if __name__ == "__main__":
    main()
