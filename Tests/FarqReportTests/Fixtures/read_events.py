"""Reads the event file that EventFileWriterTests writes with TensorBoard's own reader and checks what it says.

Needs requirements.txt; `FARQ_TENSORBOARD_PYTHON=python3 swift test --filter EventFileWriter` runs it.
"""

import io
import math
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

accumulator = EventAccumulator(sys.argv[1])
accumulator.Reload()
tags = accumulator.Tags()
assert tags["scalars"] == ["train/loss", "train/learning_rate"], tags
losses = accumulator.Scalars("train/loss")
assert [event.step for event in losses] == list(range(1, 21))
assert all(math.isclose(event.value, 1 / event.step, rel_tol=1e-6) for event in losses)
assert all(event.wall_time > 1.7e9 for event in losses)

(image,) = accumulator.Images("test/confusion_matrix")
picture = Image.open(io.BytesIO(image.encoded_image_string))
picture.load()
assert picture.size == (image.width, image.height) == (85, 85), picture.size
assert picture.mode == "RGB"
red, _, _ = picture.getpixel((80, 80))
assert red < 20, red
assert picture.getpixel((3, 45)) == (255, 255, 255)

(text,) = accumulator.Tensors("test/confusion_matrix_table")
assert text.tensor_proto.string_val[0].decode().startswith("| target | أ | ب |")
assert accumulator.SummaryMetadata("test/confusion_matrix_table").plugin_data.plugin_name == "text"

(histogram,) = accumulator.Histograms("weights")
assert list(histogram.histogram_value.bucket) == [1, 2, 1]
assert histogram.histogram_value.num == 4
