#!/usr/bin/env python3
"""Reads issued papers as ISO 19005-2 (PDF/A-2, level B with text that reads back) asks them to be, as they are issued:
with every signature and the seal behind the approved bytes. Whole validators need Java, which is not to be had where
this is tested; these are the rules that a printed and signed paper can break. Each paper is also broken on purpose, and
must be refused then.

pdfa.py FOLDER: as collect.py filled it, or any folder with PDFs.
"""
import io
import logging
import pathlib
import re
import sys

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

logging.disable(logging.CRITICAL)

ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState", "/Rendition",
           "/Trans", "/GoTo3DView", "/SubmitForm", "/GoToR", "/GoToE", "/URI"}
ANNOTATIONS = {"/Widget", "/Link", "/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Stamp", "/Ink"}
BLENDS = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
          "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"}


def resolved(value):
    return value.get_object() if isinstance(value, (generic.IndirectObject, generic.Reference)) else value


def of(part, key, otherwise=None):
    """What stands under a key, whether it stands there itself or is pointed at."""
    return resolved(part[key]) if key in part else otherwise


def everything(root):
    """Every dictionary and stream that the catalogue leads to, once."""
    seen, open_, found = set(), [root], []
    while open_:
        value = open_.pop()
        if isinstance(value, generic.IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            found.append(value)
            open_ += [value.raw_get(key) for key in value]
        elif isinstance(value, generic.ArrayObject):
            open_ += [value.raw_get(at) for at in range(len(value))]
    return found


def pages(node):
    node = resolved(node)
    if of(node, "/Type") == "/Pages":
        for kid in node["/Kids"]:
            yield from pages(kid)
    else:
        yield node


def of_file(pdf, reader):
    header = re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", pdf)
    yield header is not None, "the header names a version to 1.7 and marks the file as binary"
    yield re.search(rb"%%EOF\r?\n?\Z", pdf) is not None, "nothing stands behind the end"
    yield "/Encrypt" not in reader.trailer, "it is not encrypted"
    yield "/ID" in reader.trailer, "the trailer has an identifier"


def of_catalogue(root):
    intents = [resolved(intent) for intent in of(root, "/OutputIntents", [])]
    intents = [intent for intent in intents if of(intent, "/S") == "/GTS_PDFA1"]
    yield len(intents) == 1 and "/DestOutputProfile" in intents[0], "one output intent carries its profile"
    if intents and "/DestOutputProfile" in intents[0]:
        profile = intents[0]["/DestOutputProfile"].data
        yield profile[36:40] == b"acsp" and profile[16:20] == b"RGB ", "the profile is one of colours on a screen"
    metadata = of(root, "/Metadata")
    yield metadata is not None and "/Filter" not in metadata, "metadata stand open in the file"
    if metadata is not None:
        said = metadata.data.decode("utf-8", "replace")
        part = re.search(r"pdfaid:part(?:>|=[\"'])2\b", said)
        level = re.search(r"pdfaid:conformance(?:>|=[\"'])[BUA]\b", said)
        yield part is not None and level is not None, "metadata say that it is PDF/A-2"
    yield not any(key in root for key in ("/AA", "/OCProperties", "/Requirements", "/Perms")), "the catalogue starts nothing"
    names = resolved(of(root, "/Names", generic.DictionaryObject()))
    yield not any(key in names for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations")), "no script, no file is named in it"
    form = resolved(of(root, "/AcroForm", generic.DictionaryObject()))
    yield not of(form, "/NeedAppearances", False) and "/XFA" not in form, "the form draws nothing by itself"


def of_font(font):
    kind = of(font, "/Subtype")
    if kind == "/Type3":
        return
    if kind == "/Type0":
        inner = resolved(font["/DescendantFonts"][0])
        yield of(font, "/Encoding") in ("/Identity-H", "/Identity-V") or isinstance(resolved(of(font, "/Encoding")), generic.StreamObject), "the codes of a font are in the file"
        yield of(inner, "/Subtype") != "/CIDFontType2" or "/CIDToGIDMap" in inner, "the glyphs of a font are told from its codes"
        yield "/ToUnicode" in font, "what a font draws reads back as text"
    else:
        inner = font
    descriptor = resolved(of(inner, "/FontDescriptor", generic.DictionaryObject()))
    yield any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), f"the font {of(font, '/BaseFont')} is in the file"


def of_part(part, has_intent):
    kind, subtype, shape = of(part, "/Type"), of(part, "/Subtype"), of(part, "/S")
    if isinstance(part, generic.StreamObject):
        filters = of(part, "/Filter", [])
        filters = [filters] if isinstance(filters, str) else [resolved(one) for one in filters]
        yield "/LZWDecode" not in filters and "/Crypt" not in filters, "no stream is packed in ways that are not free"
        yield not any(key in part for key in ("/F", "/FFilter", "/FDecodeParms")), "no stream lies outside the file"
        if subtype == "/Image":
            yield not of(part, "/Interpolate", False) and "/Alternates" not in part and "/OPI" not in part, "pictures are what they are"
        if subtype == "/Form":
            yield not any(key in part for key in ("/Ref", "/PS", "/OPI")), "no form leads outside the file"
    if kind == "/Font":
        yield from of_font(part)
    if shape in ACTIONS and kind in (None, "/Action"):
        yield False, f"an action {shape}"
    if kind == "/ExtGState" or "/BM" in part or "/TR" in part:
        yield "/TR" not in part and of(part, "/TR2", "/Default") == "/Default" and "/HTP" not in part, "nothing turns colours"
        blend = of(part, "/BM", "/Normal")
        yield not isinstance(blend, str) or blend in BLENDS, f"the blend {blend} is known"
    if shape == "/Transparency":
        yield "/CS" in part or has_intent, "what shines through says in which colours"


def of_page(page):
    yield "/AA" not in page, "a page starts nothing"
    for annotation in (resolved(one) for one in of(page, "/Annots", [])):
        subtype, flags = of(annotation, "/Subtype"), of(annotation, "/F", 0)
        yield subtype in ANNOTATIONS, f"the annotation {subtype} may be there"
        yield flags & 4 != 0 and flags & (1 | 2 | 32 | 256) == 0, "an annotation is printed and never hidden"
        left, low, right, high = (float(side) for side in annotation["/Rect"])
        empty = left == right and low == high
        yield empty or "/N" in resolved(of(annotation, "/AP", {})), "an annotation brings its look"
        yield "/AA" not in annotation and (subtype != "/Widget" or "/A" not in annotation), "a field does nothing"


def colours(pdf_page):
    """Whether a page draws in inks, which its profile does not know."""
    contents = resolved(of(pdf_page, "/Contents", generic.ArrayObject()))
    streams = [contents] if isinstance(contents, generic.StreamObject) else [resolved(one) for one in contents]
    return any(re.search(rb"(?:^|\s)[\d.]+ [\d.]+ [\d.]+ [\d.]+ [kK](?:\s|$)", stream.data) for stream in streams)


def faults(pdf):
    """What ISO 19005-2 has against the paper."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    root = reader.root
    has_intent = "/OutputIntents" in root
    asked = [*of_file(pdf, reader), *of_catalogue(root)]
    for part in everything(root):
        asked += of_part(part, has_intent)
    for page in pages(root["/Pages"]):
        asked += of_page(page)
        asked.append((not colours(page), "a page draws in the colours of its profile"))
    return sorted({words for holds, words in asked if not holds})


# A paper broken on purpose: what is changed, to what, and the rule that then has to speak. Lengths stay.
BROKEN = [
    (rb"/GTS_PDFA1", b"/GTS_PDFX_", "output intent"),
    (rb"pdfaid:part([>=])", rb"pdfaid:pact\1", "PDF/A-2"),
    (rb"\Z", b"behind", "behind the end"),
    (rb"%PDF-1\.\d", b"%PDF-2.0", "header"),
    (rb"/FontFile\d", b"/FontFilX2", "is in the file"),
    (rb"/ToUnicode", b"/ToUnicodX", "reads back as text"),
    (rb"/Subtype ?/Widget", b"/Subtype/Movie ", "may be there"),
]


def main(folder):
    papers = sorted(pathlib.Path(folder).glob("**/*.pdf"))
    issued = [path for path in papers if b"/ByteRange" in path.read_bytes()]
    if not issued:
        sys.exit("FAIL there is no signed paper to read")
    for path in issued:
        found = faults(path.read_bytes())
        print(("ok   " if not found else "FAIL ") + f"{path.name} is PDF/A-2 as it was issued, signatures and seal and all")
        if found:
            sys.exit("     " + "; ".join(found))
    whole = issued[0].read_bytes()
    for pattern, by, rule in BROKEN:
        if not re.search(pattern, whole):
            sys.exit(f"FAIL nothing in the paper can be broken in its {rule}")
        found = faults(re.sub(pattern, by, whole, count=1))
        holds = any(rule in words for words in found)
        print(("ok   " if holds else "FAIL ") + f"a paper broken in its {rule} is refused")
        if not holds:
            sys.exit(f"     {found}")


if __name__ == "__main__":
    main(sys.argv[1])
