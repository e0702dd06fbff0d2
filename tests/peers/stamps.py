#!/usr/bin/env python3
"""Holds the time stamps of a court against openssl, and against `xiezhi verify`: each accepts them over what was stamped
and refuses them with a byte changed.

stamps.py FOLDER: as collect.py filled it.
"""
import base64
import os
import pathlib
import subprocess
import sys
import zipfile

FOLDER = pathlib.Path(sys.argv[1])
SAMPLES = 40
NOW = str(int((FOLDER / "now").read_text()))


def sentence(words, holds, seen=""):
    print(("ok   " if holds else "FAIL ") + words)
    if not holds:
        sys.exit(f"     {seen}")


def run(*words):
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60)
    return ran.returncode == 0, ran.stdout + ran.stderr


def openssl(stamp, stamped):
    """Whether openssl accepts a stamp over these bytes, and what it reads in it."""
    at, data = FOLDER / "under-openssl.tsr", FOLDER / "under-openssl"
    at.write_bytes(stamp)
    data.write_bytes(stamped)
    # The demonstration's calendar is its own: openssl is told what day it is there.
    holds, said = run("openssl", "ts", "-verify", "-in", at, "-data", data, "-CAfile", FOLDER / "stamps.pem", "-attime", NOW)
    return holds and "Verification: OK" in said, run("openssl", "ts", "-reply", "-in", at, "-text")[1], said


def xiezhi(name, files):
    for file, content in files.items():
        (FOLDER / file).write_bytes(content)
    return run(os.environ["XIEZHI_BINARY"], "verify", "--policy", FOLDER / "policy", FOLDER / name)


def changed(whole, samples=SAMPLES):
    for sample in range(min(samples, len(whole))):
        at = sample * len(whole) // samples
        yield at, whole[:at] + bytes([whole[at] ^ 1 << sample % 8]) + whole[at + 1:]


def authorities():
    lines = (line.split() for line in (FOLDER / "policy").read_text().splitlines())
    ders = [words[1] for words in lines if words[:1] == ["#stamp-authority"]]
    for der in ders:
        wrapped = "\n".join(der[start:start + 64] for start in range(0, len(der), 64))
        yield f"-----BEGIN CERTIFICATE-----\n{wrapped}\n-----END CERTIFICATE-----\n"


def main():
    pems = list(authorities())
    sentence(f"the policy carries the certificate of {len(pems)} time-stamp authority", len(pems) == 1)
    (FOLDER / "stamps.pem").write_text("".join(pems))
    stamp, stamped = (FOLDER / "stamp.tsr").read_bytes(), (FOLDER / "stamp").read_bytes()
    holds, told, said = openssl(stamp, stamped)
    sentence("openssl accepts the time stamp over the checkpoint", holds, said)
    refused = 0
    for at, other in changed(stamped):
        if openssl(stamp, other)[0]:
            sentence(f"openssl refuses it with byte {at} of the checkpoint changed", False)
        refused += 1
    for at, other in changed(stamp):
        holds, says, _ = openssl(other, stamped)
        if holds and says != told:
            sentence(f"openssl refuses it with byte {at} of the stamp changed", False, says)
        refused += 0 if holds else 1
    sentence(f"openssl: {refused} changed bytes refused", refused > SAMPLES + SAMPLES // 2, refused)

    holds, said = xiezhi("stamp.tsr", {})
    sentence("xiezhi verify accepts it, and says when", holds and " existed before " in said, said)
    refused = 0
    for at, other in changed(stamped):
        holds, said = xiezhi("other.tsr", {"other": other, "other.tsr": stamp})
        if holds:
            sentence(f"xiezhi verify refuses it with byte {at} of the checkpoint changed", False, said)
        refused += 1
    for at, other in changed(stamp):
        holds, _ = xiezhi("other.tsr", {"other": stamped, "other.tsr": other})
        refused += 0 if holds else 1
    sentence(f"xiezhi verify: {refused} changed bytes refused", refused > SAMPLES + SAMPLES // 2, refused)

    count = 0
    for path in sorted(FOLDER.glob("kept/*.zip")):
        with zipfile.ZipFile(path) as files:
            paper = files.namelist()[0]
            if f"{paper}.tlog-proof.tsr" not in files.namelist():
                continue
            proof, stamp = files.read(f"{paper}.tlog-proof"), files.read(f"{paper}.tlog-proof.tsr")
        holds, _, said = openssl(stamp, proof.split(b"\n\n", 1)[1])
        sentence(f"openssl accepts the stamp in {path.name} over the checkpoint of its proof", holds, said)
        count += 1
    sentence(f"{count} kept papers carry a time stamp", count > 0)


main()
