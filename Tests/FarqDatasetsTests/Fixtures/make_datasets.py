"""Makes what Hugging Face's datasets leaves on disk, for FormTests.readsFoldersOfDatasets: a DatasetDict with named
labels, a Dataset with labels in lists of one, and an Arrow file with a table of contents.

    python3 -m pip install datasets==5.2.0 pyarrow==26.0.1
    python3 make_datasets.py
"""

import hashlib
import json
import pathlib
import shutil

import datasets
import pyarrow
import pyarrow.ipc

HERE = pathlib.Path(__file__).parent
TRAIN = {"text": ["فاز الفريق\nاليوم", "هاتف جديد"], "label": [0, 1]}
TEST = {"text": ['خسر "الفريق"'], "label": [0]}
NAMES = ["Sports", "Tech"]


def main():
    features = datasets.Features({"text": datasets.Value("string"), "label": datasets.ClassLabel(names=NAMES)})
    splits = {name: datasets.Dataset.from_dict(rows, features) for name, rows in {"train": TRAIN, "test": TEST}.items()}
    lists = {"text": TRAIN["text"], "label": [[NAMES[label]] for label in TRAIN["label"]]}
    for name, data in {"datasets": datasets.DatasetDict(splits), "datasets-plain": datasets.Dataset.from_dict(lists)}.items():
        shutil.rmtree(HERE / name, ignore_errors=True)
        data.save_to_disk(str(HERE / name))
    (HERE / "feather").mkdir(exist_ok=True)
    table = pyarrow.table({"text": TRAIN["text"], "label": [NAMES[label] for label in TRAIN["label"]]})
    with pyarrow.ipc.new_file(str(HERE / "feather" / "train.arrow"), table.schema) as file:
        file.write_table(table)
    made = sorted(p for folder in ["datasets", "datasets-plain", "feather"] for p in (HERE / folder).rglob("*") if p.is_file())
    manifest = {
        "script": "make_datasets.py",
        "versions": {"datasets": datasets.__version__, "pyarrow": pyarrow.__version__},
        "sha256": {str(p.relative_to(HERE)): hashlib.sha256(p.read_bytes()).hexdigest() for p in made},
    }
    (HERE / "MANIFEST-datasets.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
