"""Peers of the part `reading`, and what only they are needed for. Each file gives a line of JSON.

draw FILE...               PDFium draws the first page at 150 dpi and writes it as a JPEG
age FROM TO SEED           a clean page becomes a scan: askew, blurred, noisy, compressed
recognise FILE...          RapidOCR reads scans
peak COMMAND ARGUMENT...   the most memory that a command and its children hold
"""

import io
import json
import resource
import subprocess
import sys
import time


def tell(**told):
    print(json.dumps(told), flush=True)


def draw(*files):
    import pypdfium2

    for file in files:
        begun = time.process_time()
        try:
            page = pypdfium2.PdfDocument(file)[0]
            page.render(scale=150 / 72).to_pil().convert("RGB").save(io.BytesIO(), "JPEG", quality=80)
            drawn = True
        except Exception:
            drawn = False
        tell(drawn=drawn, seconds=time.process_time() - begun)


def age(source, target, seed):
    import numpy
    from PIL import Image, ImageFilter

    chance = numpy.random.RandomState(int(seed))
    page = Image.open(source).convert("RGB")
    page = page.rotate(chance.uniform(-1.5, 1.5), Image.BICUBIC, fillcolor=(255, 255, 255))
    page = page.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.0)))
    pixels = numpy.asarray(page).astype("float32")
    pixels += chance.normal(0, chance.uniform(4, 14), pixels.shape[:2])[..., None]
    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(target, quality=60)


def recognise(*files):
    from rapidocr import RapidOCR

    engine = RapidOCR(params={
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Global.log_level": "critical",
    })
    for file in files:
        begun = time.process_time()
        read = engine(file)
        tell(text="".join(read.txts or ()), seconds=time.process_time() - begun)


def peak(*command):
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    tell(megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


if __name__ == "__main__":
    {"draw": draw, "age": age, "recognise": recognise, "peak": peak}[sys.argv[1]](*sys.argv[2:])
