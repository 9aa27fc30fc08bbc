"""Reads a JSON list of {"wav", "words"} from standard input and prints what PocketSphinx's own English model hears in each, as a JSON list.

The grammar is that of the sentences: a corner, what to do there, how far; or a lap time; or a call. It is built from the words that it is given, so it
allows every corner with every advice and every number, not only what was said.
"""

import json
import os
import sys
import wave

from pocketsphinx import Decoder, get_model_path

request = json.load(sys.stdin)
models = get_model_path()
decoder = Decoder(
    hmm=os.path.join(models, "en-us/en-us"),
    dict=os.path.join(models, "en-us/cmudict-en-us.dict"),
    lm=None,
    loglevel="FATAL",
    samprate=16000,
)
for word, phones in request["pronunciations"].items():
    if decoder.lookup_word(word) is None:
        decoder.add_word(word, phones, True)
decoder.add_jsgf_string("grammar", request["grammar"])
decoder.activate_search("grammar")
heard = []
for path in request["wavs"]:
    with wave.open(path) as source:
        samples = source.readframes(source.getnframes())
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    heard.append(hypothesis.hypstr if hypothesis else "")
print(json.dumps(heard))
