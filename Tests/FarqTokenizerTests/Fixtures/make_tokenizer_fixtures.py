"""Writes the tokenizer fixtures: a small vocabulary learnt from sentences of the project's own, and what the peers give.

Peers: tokenizers 0.22.2 (fast ids, trainer), transformers 4.57.6 (slow BertTokenizer with never_split).

    python3 make_tokenizer_fixtures.py        (CPython 3.11; pip install -r requirements.txt)
"""
import hashlib
import itertools
import json
import pathlib
import random
import unicodedata

import tokenizers
import transformers
from tokenizers import AddedToken, BertWordPieceTokenizer, Tokenizer

SEED = 20260701
HERE = pathlib.Path(__file__).resolve().parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
NEVER_SPLIT = ["ال+", "و+", "ب+", "+ة", "+ها", "+ين", "[رابط]", "[مستخدم]", "É!", "foo"]
SENTENCES = [
    "افتتحت البلدية حديقة جديدة قرب النهر وغرس الأطفال فيها أشجار الزيتون.",
    "قالت الطبيبة إن المشي نصف ساعة كل يوم ينفع القلب، وإن النوم الكافي لا يقل عنه نفعًا.",
    "فاز الفريق بثلاثة أهداف مقابل هدف واحد، وسجل المهاجم هدفين في الشوط الثاني!",
    "ارتفعت أسعار القمح في السوق بنسبة 3.5% بعد موسم قليل المطر؛ فمن يدفع الثمن؟",
    "أطلقت الشركة هاتفًا بشاشة تُطوى، وقالت إنّ بطاريته تدوم يومين.",
    "ناقش المجلس مشروع القانون الجديد وأجّل التصويت إلى الأسبوع المقبل.",
    "يصوم الناس شهر رمضان ويجتمعون على موائد الإفطار عند غروب الشمس.",
    "كتب الشاعر قصيدة عن البحر والنخيل، فقرأها الطلاب في المدرسة.",
    "The museum (opened in 1998) shows 40 café chairs & naïve paintings — free on Sundays.",
    "Foo bar: x-ray, e-mail, 3.14, O'Neil's résumé.",
]
HOSTILE = [
    "", " ", "\t\n\r\n", "\u0000", "a\u0000b", "\ufeffنص", "و\u200fقال \u061cنعم\u200e", "مُحَمَّدٌ رَسُولٌ", "ـــكبيرـــ",
    "\u0301\u0301 \u064b", "e\u0301\u0327 E\u0327\u0301", "👨\u200d👩\u200d👧\u200d👦 👍🏽", "한국어 각", "漢字かな交じり文 \uf900\U0002f800",
    "[CLS] نص [SEP] [MASK][PAD] [unk] [MASK", "x" * 100, "x" * 101, "ب" * 100 + " " + "ب" * 101, "##ال ##a #", "İstanbul ΣΑΣ ǅ ẞ",
    "\u0344\u0f73\U0001d15e\U0001d166\U0001d165\U0001e948\u034a\U0001d172", "\u302e\u302f\u302a\u0334a", "a\u00a0b\u2028c\u2029d\u0085e\u3000f",
    "\ufffd\ufffe\uffff\U000e0001\U0010ffff\ue000", "١٢٣ ۴۵۶ ٪ ؟ ، ؛ « » …", "ﷺ ﻻ ٱلله اللّٰه", "\u0625\u0622\u0627\u0653 \u0627\u0655",
    "½ ² ™ ﬁ Ａ", "foo. FOO foo", "É! é! E\u0301!", "ال+ كتاب +ها و+ال+كتاب", "[رابط] [مستخدم]: [بريد]", "ال\u200d+ \u0644",
]


def random_texts(count):
    generator = random.Random(SEED)
    blocks = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x600, 0x6FF), (0x621, 0x652), (0x900, 0xDFF),
              (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20D0, 0x20FF), (0x4E00, 0x4E20), (0xAC00, 0xAC40),
              (0xF900, 0xF920), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF), (0x1D158, 0x1D180), (0, 0x10FFFF)]
    for _ in range(count):
        words = []
        for _ in range(generator.randint(1, 8)):
            low, high = generator.choice(blocks)
            scalars = (generator.randint(low, high) for _ in range(generator.randint(1, 6)))
            words.append("".join(chr(s) for s in scalars if not 0xD800 <= s < 0xE000))
        words.insert(0, generator.choice(NEVER_SPLIT + ["", "[CLS]"]))
        yield generator.choice(["", " "]).join(words)


def vocabulary():
    """The first special tokens, then what the trainer learns; order made sure of by sorting."""
    trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    trainer.train_from_iterator(SENTENCES, vocab_size=420, min_frequency=2, show_progress=False)
    learnt = set(trainer.get_vocab()) - set(SPECIAL)
    extra = {c for text in HOSTILE for c in unicodedata.normalize("NFD", text.lower()) if c.isprintable() and c != " "}
    extra |= {"##" + c for c in extra} | set(NEVER_SPLIT[:8]) | set("abcdefghijklmnopqrstuvwxyz")
    return SPECIAL + sorted(learnt | extra)


def fast(tokens, **options):
    ids = {token: index for index, token in enumerate(tokens)}
    return BertWordPieceTokenizer(ids, **options)._tokenizer


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=True, indent=1) + "\n",
                    encoding="utf-8")


def ranges(scalars):
    out = []
    for scalar in scalars:
        if out and out[-1][1] == scalar - 1:
            out[-1][1] = scalar
        else:
            out.append([scalar, scalar])
    return out


def every_scalar(**options):
    """What "a?b" becomes for every scalar in the place of ?, as ranges of scalars with equal ids."""
    tokenizer = fast([*SPECIAL, "a", "b", "##b", "##a", "e", "##e", *(chr(s) for s in (0x7E, 0x3B))], **options)
    found = {}
    scalars = [s for s in range(0x110000) if not 0xD800 <= s < 0xE000]
    for start in range(0, len(scalars), 50000):
        part = scalars[start:start + 50000]
        for scalar, encoding in zip(part, tokenizer.encode_batch([f"a{chr(s)}b" for s in part])):
            found.setdefault(tuple(encoding.ids), []).append(scalar)
    return [{"ids": ids, "ranges": ranges(found[ids])} for ids in sorted(found)]


def added_tokens(tokens):
    tokenizer = fast(tokens, lowercase=True)
    tokenizer.add_tokens([
        AddedToken("<left>", lstrip=True, normalized=False), AddedToken("<right>", rstrip=True, normalized=False),
        AddedToken("word", single_word=True, normalized=False), AddedToken("أحمد", normalized=True),
        AddedToken("Résumé", normalized=True), AddedToken("<both>", lstrip=True, rstrip=True, normalized=True),
        AddedToken("<left><right>", normalized=False)])
    tokenizer.add_special_tokens([AddedToken("<s>", single_word=True, special=True)])
    return tokenizer


ADDED_TEXTS = [
    "a  <left> b", "a <right>  b", "a <left><right> b", "word words sword word", "word.word _word 9word wordـ word", "قال أحمد لأحمد",
    "RÉSUMÉ resume\u0301 résumé", "x  <both>\u00a0 y", "<BOTH>", "<s> a<s> <s>.", "<left>  <left> <right>  <right>", "\u0301word\u0301", "<le\u200dft>",
    "اح\u200dمد أَحْمَد", " <right> \u2028 <left> ",
]


def trainer_cases():
    """Vocabularies the library's trainer learnt, with the words it saw."""
    settings = [dict(vocab_size=300, min_frequency=2, limit_alphabet=1000), dict(vocab_size=140, min_frequency=0, limit_alphabet=40),
                dict(vocab_size=5000, min_frequency=1, limit_alphabet=1000), dict(vocab_size=10, min_frequency=2, limit_alphabet=1000)]
    corpora = [SENTENCES, ["abab abc bab aab"] * 3 + ["cab abba [CLS] ab"], ["مدرسة المدرسة مدارس والمدرسة درس دروس"] * 2]
    for options, corpus in itertools.product(settings, corpora):
        if options["limit_alphabet"] == 40 and corpus is SENTENCES:
            options = dict(options, limit_alphabet=14)  # no tie between the last kept and the first dropped
        trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
        trainer.train_from_iterator(corpus, show_progress=False, initial_alphabet=["ظ", "z"], **options)
        learnt = trainer.get_vocab()
        yield {"settings": options, "initial_alphabet": ["ظ", "z"], "texts": corpus, "vocabulary": sorted(learnt, key=learnt.get)}


def main():
    tokens = vocabulary()
    texts = SENTENCES + HOSTILE + list(random_texts(400))
    write(HERE / "small/vocab.txt", "\n".join(tokens) + "\n")
    write(HERE / "small/tokenizer_config.json", {"do_lower_case": False, "model_max_length": 512, "tokenizer_class": "BertTokenizer"})
    cases = []
    for lowercase, strip, chinese in itertools.product([False, True], [None, False, True], [True, False]):
        tokenizer = fast(tokens, lowercase=lowercase, strip_accents=strip, handle_chinese_chars=chinese)
        cases.append({"lowercase": lowercase, "strip_accents": strip, "handle_chinese_chars": chinese,
                      "ids": [e.ids for e in tokenizer.encode_batch(texts)]})
    broken = [b"\xff", b"a\xc3", b"\xe2\x82a", b"\xf0\x9f\x98", b"\xed\xa0\x80x", b"\xc0\xafb", b"\xf4\x90\x80\x80", "نص".encode()[:3] + b" ok"]
    one = fast(tokens, lowercase=False)
    write(HERE / "fast_ids.json", {
        "texts": texts, "configurations": cases,
        "broken": [{"bytes": list(b), "ids": one.encode(b.decode("utf-8", "replace")).ids} for b in broken]})
    slow_cases = []
    for lowercase, strip in [(False, None), (True, None), (False, True), (True, False)]:
        slow = transformers.BertTokenizer(HERE / "small/vocab.txt", do_lower_case=lowercase, strip_accents=strip, never_split=NEVER_SPLIT)
        slow_cases.append({"lowercase": lowercase, "strip_accents": strip, "handle_chinese_chars": True,
                           "ids": [slow.encode(text) for text in texts]})
    write(HERE / "slow_ids.json", {"never_split": NEVER_SPLIT, "texts": texts, "configurations": slow_cases})
    write(HERE / "every_scalar.json", [
        {"lowercase": low, "ids": every_scalar(lowercase=low, strip_accents=low)} for low in (False, True)])
    added = added_tokens(tokens)
    added.save(str(HERE / "added/tokenizer.json"))
    write(HERE / "added_ids.json", [{"text": t, "ids": added.encode(t).ids} for t in ADDED_TEXTS])
    write(HERE / "trainer.json", list(trainer_cases()))
    names = ["small/vocab.txt", "small/tokenizer_config.json", "fast_ids.json", "slow_ids.json", "every_scalar.json",
             "added/tokenizer.json", "added_ids.json", "trainer.json"]
    write(HERE / "MANIFEST.json", {
        "script": "make_tokenizer_fixtures.py", "seed": SEED,
        "versions": {"tokenizers": tokenizers.__version__, "transformers": transformers.__version__},
        "sha256": {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in names}})


if __name__ == "__main__":
    assert tokenizers.__version__ == "0.22.2" and transformers.__version__ == "4.57.6"
    (HERE / "added").mkdir(exist_ok=True)
    main()
