"""Renders a voice pack from overlay/audio/speech/phrases.json.

    python3 -m venv /tmp/voice && /tmp/voice/bin/pip install hibari-tts==0.2.1 scipy numpy
    apt-get install opus-tools
    /tmp/voice/bin/python scripts/render-voice.py overlay/audio/voices/heart

The same packages give the same clips: every clip is synthesised with seed 0. A clip is trimmed to what is heard, made as
loud as all others (see `loudness_lufs`) and written as Ogg Opus beside manifest.json. `--wav DIR` keeps the clips as
24 kHz WAV as well, for listening and measuring.
"""

import argparse
import json
import re
import subprocess
import wave
from pathlib import Path

import numpy as np
from scipy.signal import lfilter

RATE_HZ = 24_000
TARGET_LUFS = -20.0
# Above this a clip would clip after Opus' own overshoot.
CEILING = 10 ** (-1.5 / 20)
# Quieter than this below the clip's peak is taken for silence at its ends.
SILENCE_DB = 42.0
LEAD_S, TAIL_S = 0.004, 0.03
# Calls are said fast: the first word is what counts. The model draws a word out before a comma as at an end; inside a sentence nobody does.
CALL_SPEED = 1.2
SPEEDS = {"mid": 1.25, "end": 1.1}
OPUS_KBPS = 32


def fragments(phrases):
    """(group, text, form) of everything that the table asks for."""
    for group in phrases["groups"]:
        texts = [
            f"{r['prefix']}{n}" for r in group.get("ranges", []) for n in range(r["from"], r["to"] + 1)
        ] + group.get("texts", [])
        for text in texts:
            for form in group.get("forms", ["mid", "end"]):
                yield group["name"], text, form


def k_weighted(audio):
    """ITU-R BS.1770's two filters, worked out for this rate (the standard tabulates 48 kHz only)."""
    for gain_db, q, corner_hz, shelf in [(4.0, 0.7071752, 1681.9745, True), (0.0, 0.5003270, 38.1355, False)]:
        k, vh = np.tan(np.pi * corner_hz / RATE_HZ), 10 ** (gain_db / 20)
        vb = vh**0.4996667741545416
        a0 = 1 + k / q + k * k
        a = [1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
        shelf_b = [(vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0]
        audio = lfilter(shelf_b if shelf else [1, -2, 1], a, audio)
    return audio


def loudness_lufs(audio):
    """Integrated loudness as BS.1770 has it, but in blocks of 100 ms, because a word is shorter than its 400 ms."""
    weighted = np.pad(k_weighted(audio), (0, RATE_HZ // 10))
    block, hop = RATE_HZ // 10, RATE_HZ // 40
    power = np.array([np.mean(weighted[i : i + block] ** 2) for i in range(0, len(audio), hop)])
    power = power[power > 10 ** ((-70 + 0.691) / 10)]
    gate = np.mean(power) * 0.1
    return -0.691 + 10 * np.log10(np.mean(power[power > gate]))


def trimmed(audio):
    """From just before the first sound to just after the last, with short ramps."""
    frame = RATE_HZ // 500
    level = np.sqrt(np.convolve(audio**2, np.ones(frame) / frame, "same"))
    heard = np.nonzero(level > level.max() * 10 ** (-SILENCE_DB / 20))[0]
    start = max(0, heard[0] - int(LEAD_S * RATE_HZ))
    cut = audio[start : heard[-1] + int(TAIL_S * RATE_HZ)].copy()
    lead, tail = int(LEAD_S * RATE_HZ), int(TAIL_S * RATE_HZ)
    cut[:lead] *= np.linspace(0, 1, lead)
    cut[-tail:] *= np.cos(np.linspace(0, np.pi / 2, tail)) ** 2
    return cut


def levelled(audio):
    """At the target loudness. Peaks above the ceiling are bent, not cut; what that takes is given back."""
    for _ in range(4):
        audio = audio * 10 ** ((TARGET_LUFS - loudness_lufs(audio)) / 20)
        knee = 0.7 * CEILING
        over = np.abs(audio) > knee
        bent = knee + (CEILING - knee) * np.tanh((np.abs(audio) - knee) / (CEILING - knee))
        audio = np.where(over, np.sign(audio) * bent, audio)
    return audio


def write_wav(path, audio):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes((np.clip(audio, -1, 1) * 32767).round().astype("<i2").tobytes())


def encode(wav, opus):
    subprocess.run(
        ["opusenc", "--quiet", "--serial", "1", "--bitrate", str(OPUS_KBPS), "--comp", "10", "--padding", "0",
         "--discard-comments", wav, opus],
        check=True,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("--wav", type=Path, default=Path("/tmp/racing-coach-voice"))
    options = parser.parse_args()
    from hibari import Hibari

    voice = Hibari()
    phrases = json.loads(
        (Path(__file__).parent.parent / "overlay/audio/speech/phrases.json").read_text(encoding="utf-8")
    )
    options.pack.mkdir(parents=True, exist_ok=True)
    options.wav.mkdir(parents=True, exist_ok=True)
    for old in options.pack.glob("*.ogg"):
        old.unlink()
    clips = []
    for group, text, form in fragments(phrases):
        spoken = f"{text[0].upper()}{text[1:]}{'.' if form == 'end' else ','}"
        speed = CALL_SPEED if group == "spotter" else SPEEDS[form]
        audio = levelled(trimmed(voice(spoken, speed=speed, seed=0).astype(float)))
        name = f"{re.sub('[^a-z0-9]+', '-', text)}.{form}"
        write_wav(options.wav / f"{name}.wav", audio)
        encode(options.wav / f"{name}.wav", options.pack / f"{name}.ogg")
        clips.append(
            {"text": text, "form": form, "file": f"{name}.ogg", "durationS": round(len(audio) / RATE_HZ, 4)}
        )
    manifest = {
        "format": 1,
        "id": options.pack.name,
        "name": "Heart",
        "language": "en-US",
        "author": "Maureese Williams (hibari-tts 0.2.1), distilled from Kokoro-82M by hexgrad",
        "licence": "Apache-2.0",
        "provenance": "Rendered by scripts/render-voice.py with hibari-tts 0.2.1, voice heart, seed 0.",
        "loudnessLufs": TARGET_LUFS,
        "clips": clips,
    }
    text = json.dumps({**manifest, "clips": []}, indent=2)
    rows = ",\n".join(f"    {json.dumps(clip)}" for clip in clips)
    text = text.replace('"clips": []', f'"clips": [\n{rows}\n  ]')
    (options.pack / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
