"""Makes linear.json: what scikit-learn's TfidfVectorizer(sublinear_tf=True) and LinearSVC() make of invented texts.

Usage: python3 make_linear_fixtures.py      (seeded; writes beside itself, with MANIFEST.json; see requirements.txt)
"""
import hashlib
import json
import pathlib
import random

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

SEED = 20261125
HERE = pathlib.Path(__file__).parent
TOPICS = [
    "فريق مباراة هدف لاعب مدرب ملعب بطولة كأس جمهور دوري".split(),
    "سوق سهم بنك أرباح نفط عملة بورصة مصرف استثمار أسعار".split(),
    "طبيب مريض دواء مستشفى علاج لقاح جراحة عيادة صحة وباء".split(),
]
COMMON = "في من على إلى قال أمس اليوم مدينة وزير عام كبير جديد".split()
# What a tokenizer may trip over: vowel signs, digits of three scripts, one letter, Latin, underscores, tatweel, marks of punctuation.
ODD = ["مُبَاراة", "2024", "٢٠٢٤", "۱۲", "و", "FIFA", "İstanbul", "snake_case", "كـــأس", "«هدف»", "ﷺ", "naïve", "A", "e\u0301t\u00e9", "أ.ب", "لا\u200cيمكن"]


def text(generator, topic):
    words = [generator.choice(TOPICS[topic]) if generator.random() < 0.45 else generator.choice(COMMON + TOPICS[generator.randrange(3)]) for _ in range(generator.randint(4, 40))]
    if generator.random() < 0.5:
        words.insert(generator.randrange(len(words)), generator.choice(ODD))
    return generator.choice([" ", "، ", "\n"]).join(words)


def task(generator, topics):
    labels = [topics[i % len(topics)] for i in range(30 * len(topics))]
    texts = [text(generator, label) for label in labels]
    tests = [text(generator, generator.choice(topics)) for _ in range(25)] + ["", "غيرمعروفة", " ".join(ODD)]
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    machine = LinearSVC(tol=1e-8, max_iter=100_000, random_state=0).fit(matrix, labels)
    rows = vectorizer.transform(tests)
    decisions = machine.decision_function(rows)
    return {
        "texts": texts, "labels": labels, "tests": tests, "vocabulary": vectorizer.get_feature_names_out().tolist(),
        "idf": [round(value, 12) for value in vectorizer.idf_.tolist()],
        "rows": [[[int(i), round(float(v), 12)] for i, v in sorted(zip(row.indices, row.data))] for row in (rows[i] for i in range(rows.shape[0]))],
        "decisions": [[round(v, 9) for v in (row if isinstance(row, list) else [-row, row])] for row in decisions.tolist()],
        "predictions": machine.predict(rows).tolist(),
    }


def main():
    generator = random.Random(SEED)
    value = {"three": task(generator, [0, 1, 2]), "two": task(generator, [0, 1])}
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    (HERE / "linear.json").write_text(content, encoding="utf-8")
    manifest = {"script": pathlib.Path(__file__).name, "seed": SEED, "versions": {"scikit-learn": sklearn.__version__},
                "sha256": {"linear.json": hashlib.sha256(content.encode()).hexdigest()}}
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
