#!/usr/bin/env python3
"""Runs an ONNX model on padded batches and prints the logits of each, row by row, as JSON.

    python3 run_onnx.py MODEL.onnx BATCHES.json     # [{"ids": [[…]], "mask": [[…]], "types": [[…]]}, …]
"""

import json
import sys

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.log_severity_level = 2
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
answers = []
for batch in json.load(open(sys.argv[2])):
    inputs = {"input_ids": batch["ids"], "attention_mask": batch["mask"], "token_type_ids": batch["types"]}
    feed = {name: numpy.array(value, dtype=numpy.int64) for name, value in inputs.items()}
    (logits,) = session.run(["logits"], feed)
    assert logits.shape[0] == len(batch["ids"])
    answers.append([float(value) for value in logits.ravel()])
json.dump(answers, sys.stdout)
