#!/usr/bin/env python3
"""Writes Sources/FarqArabicText/Generated: the character classes of Python's `re` and the entities of its `html`.

Run with Python 3.11 (Unicode 14) and emoji==1.4.2, the versions that arabert 1.0.1 was compared with:
    python3 make_tables.py ../../../Sources/FarqArabicText/Generated
"""
import html
import html.entities
import re
import sys
import textwrap
from pathlib import Path

import emoji


def ranges(accepts):
    found = []
    for code in range(0x110000):
        if accepts(chr(code)):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in found)


def literal(text):
    lines = textwrap.wrap(text, 112, break_long_words=False, break_on_hyphens=False)
    return '    """\n' + "".join(f"    {line}\n" for line in lines) + '    """\n'


def write(folder, name, comment, members):
    body = "".join(f"\n  /// {doc}\n  static let {key} =\n{literal(text)}" for key, doc, text in members)
    head = "// Made by Tests/FarqArabicTextTests/Fixtures/make_tables.py; do not edit.\n\n"
    (folder / f"{name}.swift").write_text(f"{head}/// {comment}\nenum {name} {{{body}}}\n", encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    scalars = set("".join(emoji.UNICODE_EMOJI["en"].keys()))
    write(folder, "PythonCharacterTables", "Character classes of Python 3.11 (Unicode 14): hexadecimal ranges.", [
        ("word", "What `\\w` matches.", ranges(re.compile(r"\w").match)),
        ("digit", "What `\\d` matches.", ranges(re.compile(r"\d").match)),
        ("emoji", "Every scalar of the emoji of the package emoji 1.4.2.", ranges(scalars.__contains__)),
    ])
    entities = sorted(html.entities.html5.items())
    texts = [f"{name}={'+'.join(f'{ord(c):x}' for c in value)}" for name, value in entities]
    cuts = [0, len(texts) // 2, len(texts)]
    for part in (0, 1):
        write(folder, f"HTMLEntityTable{part + 1}", "HTML 5's named character references, `name=scalars`.",
              [("text", "The entries, parted by white space.", " ".join(texts[cuts[part]:cuts[part + 1]]))])
    references = " ".join(f"{a:x}={ord(b):x}" for a, b in sorted(html._invalid_charrefs.items()))
    invalid = set(html._invalid_codepoints)
    write(folder, "HTMLNumericTable", "Numeric character references with a meaning of their own.", [
        ("replacements", "Windows-1252 and others, `number=scalar`.", references),
        ("dropped", "Numbers that stand for nothing, hexadecimal ranges.",
         ranges(lambda c: ord(c) in invalid)),
    ])


if __name__ == "__main__":
    main()
