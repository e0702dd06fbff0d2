#!/usr/bin/env python3
"""Holds the signatures of a court's papers against pdfsig and pyHanko, and what was kept against `xiezhi verify`: each
accepts the papers as they are and refuses them with a byte changed.

papers.py FOLDER: as collect.py filled it.
"""
import asyncio
import base64
import io
import logging
import os
import pathlib
import re
import subprocess
import sys

from asn1crypto import x509
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FOLDER = pathlib.Path(sys.argv[1])
# Bytes of each paper that are changed, evenly over its length; a program that is started for each costs more.
SAMPLES, SAMPLES_OF_PROGRAMS = 40, 12
logging.disable(logging.CRITICAL)


def sentence(words, holds, seen=""):
    print(("ok   " if holds else "FAIL ") + words)
    if not holds:
        sys.exit(f"     {seen}")


def pdfsig(pdf):
    """How many signatures there are, and whether all hold and the last covers the whole file."""
    path = FOLDER / "under-pdfsig.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, timeout=60).stdout
    count, good = said.count("Signature Validation:"), said.count("Signature Validation: Signature is Valid.")
    return count, count > 0 and count == good and "Total document signed" in said


def authorities():
    """The certificates of the time-stamp authorities that the policy names."""
    lines = (line.split() for line in (FOLDER / "policy").read_text().splitlines())
    return [x509.Certificate.load(base64.b64decode(words[1])) for words in lines if words[:1] == ["#stamp-authority"]]


def validated(pdf):
    """What pyHanko finds in each signature: the court's root alone is trusted for signers, the policy's for stamps."""
    root, stamps = load_cert_from_pemder(FOLDER / "root.pem"), authorities()
    trusted = lambda roots: ValidationContext(trust_roots=roots, allow_fetching=False)
    check = lambda it: async_validate_pdf_signature(
        it, signer_validation_context=trusted([root]), ts_validation_context=trusted(stamps)
    )
    return [asyncio.run(check(it)) for it in PdfFileReader(io.BytesIO(pdf)).embedded_signatures]


def pyhanko(pdf):
    """The same, by pyHanko; a time stamp that does not hold breaks its signature."""
    try:
        found = validated(pdf)
    except Exception:  # whatever a damaged file does to a parser, it is refused
        return 0, False
    whole = bool(found) and found[-1].coverage.name == "ENTIRE_FILE"
    return len(found), whole and all(status.bottom_line for status in found)


def xiezhi(*files):
    asked = [os.environ["XIEZHI_BINARY"], "verify", "--policy", FOLDER / "policy", "--root", FOLDER / "root.pem", *files]
    ran = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr


def holes(pdf):
    """Where signatures themselves stand: what pads them there is covered by nobody, and is no part of the paper."""
    for match in re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+\d+\s*\]", pdf):
        yield int(match[1]), int(match[2])


def stamped(pdf):
    """How many signatures carry a time stamp that holds (PAdES B-T)."""
    stamps = [status.timestamp_validity for status in validated(pdf)]
    return len(stamps), sum(1 for stamp in stamps if stamp is not None and stamp.valid and stamp.trusted)


def changed_signatures(pdf, samples):
    """The paper with a digit of what a signature itself says changed: the signer's message or the stamp in it."""
    for start, end in holes(pdf):
        used = pdf[start:end].rstrip(b">").rstrip(b"0")
        for sample in range(samples):
            at = start + 1 + sample * (len(used) - 1) // samples
            yield at, pdf[:at] + (b"1" if pdf[at:at + 1] == b"0" else b"0") + pdf[at + 1:]


def changed(pdf, samples):
    inside = list(holes(pdf))
    for sample in range(samples):
        at = sample * len(pdf) // samples
        if not any(start <= at < end for start, end in inside):
            yield at, pdf[:at] + bytes([pdf[at] ^ 1 << sample % 8]) + pdf[at + 1:]


def main():
    papers = sorted(FOLDER.glob("papers/*.pdf"))
    signed = [(path.name, pdf) for path in papers if b"/ByteRange" in (pdf := path.read_bytes())]
    sentence(f"{len(signed)} of {len(papers)} papers are signed", len(signed) > 0)
    for name, program, samples in [("pdfsig", pdfsig, SAMPLES_OF_PROGRAMS), ("pyHanko", pyhanko, SAMPLES)]:
        count, refused = 0, 0
        for paper, pdf in signed:
            signatures, holds = program(pdf)
            sentence(f"{name} accepts {paper} with its {signatures} signatures", holds, signatures)
            count += signatures
            for at, other in changed(pdf, samples):
                found, holds = program(other)
                if holds and found == signatures:
                    sentence(f"{name} refuses {paper} with byte {at} changed", False)
                refused += 1
        sentence(f"{name}: {count} signatures hold; {refused} changed bytes refused", True)
    refused, tried = 0, 0
    for paper, pdf in signed:
        count, stamps = stamped(pdf)
        sentence(f"pyHanko finds a time stamp that holds in each of the {count} signatures of {paper}", stamps == count, stamps)
        for at, other in changed_signatures(pdf, SAMPLES_OF_PROGRAMS):
            tried += 1
            refused += 0 if pyhanko(other)[1] else 1
    # A few digits of a message say again what is said elsewhere, or nothing that anybody rests on.
    sentence(f"pyHanko refuses {refused} of {tried} changed digits of signatures and stamps", refused > tried * 9 // 10, refused)
    kept = sorted(FOLDER.glob("kept/*.zip"))
    code, said = xiezhi(*kept)
    unsigned = "holds by its proof" in said
    sentence(f"xiezhi verify accepts {len(kept)} kept papers with the policy and the root", code == 0, said)
    sentence("and says which of them nobody signed", unsigned or len(signed) == len(papers), said)
    refused = 0
    for path, proof in [(path, path.with_name(path.name + ".tlog-proof").read_bytes()) for path in papers[:4]]:
        pdf, other_path = path.read_bytes(), FOLDER / "changed.pdf"
        for whole, name in [(pdf, "paper"), (proof, "proof")]:
            for at, other in changed(whole, SAMPLES_OF_PROGRAMS):
                other_path.write_bytes(other if name == "paper" else pdf)
                other_path.with_name("changed.pdf.tlog-proof").write_bytes(other if name == "proof" else proof)
                code, said = xiezhi(other_path)
                if code == 0 or "DOES NOT HOLD: " not in said and "NOT CHECKED: " not in said:
                    sentence(f"xiezhi verify refuses {path.name} with byte {at} of the {name} changed", False, said)
                refused += 1
    sentence(f"xiezhi verify: {refused} changed bytes refused, each with the first thing that is broken", True)


main()
