"""Makes the data of search.sh: the training articles of khaleej-mini.jsonl, and as test split 6,000 other articles of the
zip's training part. The test articles of either are not read.

    python3 experiments/mini/development.py khaleej-mini.jsonl SANAD_SUBSET-khaleej.zip development.jsonl
"""

import json
import random
import sys
import zipfile

COUNT = 6000


def main(few, archive, output):
    rows = [json.loads(line) for line in open(few, encoding="utf-8")]
    seen = {row["text"].strip() for row in rows}
    with zipfile.ZipFile(archive) as files, open(output, "w", encoding="utf-8") as lines:
        for row in rows:
            if row["split"] != "test":
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
        names = [name for name in files.namelist() if "/Train/" in name and name.endswith(".txt")]
        random.seed(1)
        random.shuffle(names)
        left = COUNT
        for name in names:
            if left == 0:
                break
            text = files.read(name).decode("utf-8", "replace")
            if text.strip() in seen:
                continue
            left -= 1
            row = {"text": text, "label": name.split("/")[-2], "split": "test"}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
