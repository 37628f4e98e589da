"""Makes news.parquet for FolderTests.readsParquet: text, a label as Hugging Face's datasets writes it, and a split.

    python3 -m pip install pyarrow==26.0.1
    python3 make_parquet.py
"""

import hashlib
import json
import pathlib

import pyarrow
import pyarrow.parquet

FEATURES = {"info": {"features": {"label": {"names": ["Sports", "Tech"], "_type": "ClassLabel"}}}}


def main():
    table = pyarrow.table(
        {
            "text": ["فاز الفريق\nاليوم", "هاتف جديد", 'خسر "الفريق"'],
            "label": pyarrow.array([0, 1, 0], pyarrow.int64()),
            "split": ["train", "train", "test"],
        }
    ).replace_schema_metadata({"huggingface": json.dumps(FEATURES)})
    folder = pathlib.Path(__file__).parent
    pyarrow.parquet.write_table(table, folder / "news.parquet")
    manifest = {
        "script": "make_parquet.py",
        "versions": {"pyarrow": pyarrow.__version__},
        "sha256": {"news.parquet": hashlib.sha256((folder / "news.parquet").read_bytes()).hexdigest()},
    }
    (folder / "MANIFEST-parquet.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
