"""The server that a Python user writes: FastAPI, uvicorn and transformers, one text a request, no batching over requests.

    python server_peer.py MODEL PORT THREADS
"""
import sys

import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from transformers import AutoModelForSequenceClassification, AutoTokenizer

folder, port, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
labels = [model.config.id2label[i] for i in range(model.config.num_labels)]
app = FastAPI()


class Texts(BaseModel):
    texts: list[str]


# A plain function: FastAPI runs it in its pool of threads, so that requests do not wait for one another's reading.
@app.post("/v1/classify")
def classify(body: Texts):
    batch = tokenizer(body.texts, truncation=True, max_length=512, padding=True, return_tensors="pt")
    with torch.inference_mode():
        rows = torch.softmax(model(**batch).logits, -1).tolist()
    results = []
    for row in rows:
        best = max(range(len(row)), key=row.__getitem__)
        results.append({"label": labels[best], "score": row[best], "probabilities": dict(zip(labels, row)), "truncated": False})
    return {"model": "model", "results": results}


@app.get("/healthz")
def healthz():
    return {"status": "ok"}


uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")
