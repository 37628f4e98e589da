"""The package arabert 1.0.1 with a stub in Farasa's place, as the fixtures and the comparison use it.

pip install arabert==1.0.1 pyarabic==0.6.15 emoji==1.4.2
"""
import logging

from arabert.preprocess import ArabertPreprocessor

logging.disable(logging.WARNING)

MODELS = {
    "v1": "bert-base-arabert",
    "v01": "bert-base-arabertv01",
    "v2": "bert-base-arabertv2",
    "v02": "bert-base-arabertv02",
    "v02-twitter": "bert-base-arabertv02-twitter",
    "araelectra": "araelectra-base",
    "aragpt2": "aragpt2-base",
}
OPTIONS = [
    "remove_html_markup", "replace_urls_emails_mentions", "strip_tashkeel", "strip_tatweel", "insert_white_spaces",
    "remove_non_digit_repetition", "keep_emojis", "replace_slash_with_dash", "map_hindi_numbers_to_arabic",
]


class StubSegmenter:
    """Cuts و, then ال or ك, from the front and ة, ها or ك from the end of words long enough."""

    def segment(self, line):
        return " ".join(self.word(word) for word in line.split())

    def word(self, word):
        front = ""
        if word.startswith("و") and len(word) > 3:
            front, word = "و+", word[1:]
        for prefix in ("ال", "ك"):
            if word.startswith(prefix) and len(word) > 4:
                front, word = front + prefix + "+", word[len(prefix):]
                break
        for suffix in ("ة", "ها", "ك"):
            if word.endswith(suffix) and len(word) > 3:
                return front + word[: -len(suffix)] + "+" + suffix
        return front + word


def preprocessor(family, options, segment):
    """The peer; `segment` puts the stub in. Without it v1 and v2 are made to return what Farasa would be given."""
    peer = ArabertPreprocessor(MODELS[family], apply_farasa_segmentation=False, **options)
    if segment:
        peer.farasa_segmenter = StubSegmenter()
        peer.apply_farasa_segmentation = True
    elif family == "v2":
        peer.model_name = MODELS["v02"]
    return peer
