#!/usr/bin/env python3
"""Brings what anyone gets of a served demonstration court, and what its people may keep, into a folder.

collect.py ADDRESS PUBLIC FOLDER: PUBLIC is where the court lays out its policy and its root.
"""
import datetime
import http.client
import io
import json
import pathlib
import shutil
import sys
import time
import urllib.parse
import zipfile

HOST = urllib.parse.urlparse(sys.argv[1]).netloc
PUBLIC, INTO = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
JSON = {"Accept": "application/json"}
# A few of each kind are enough, and keep the run short.
EACH_KIND, PAPERS = 1, 14


def ask(path, headers=None, body=None):
    connection = http.client.HTTPConnection(HOST, timeout=30)
    headers = dict(headers or {})
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request("POST" if body is not None else "GET", path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        sys.exit(f"FAIL {path} answers {answer.status}: {content[:300]!r}")
    return answer.headers, content


def told(path, headers):
    return json.loads(ask(path, JSON | headers)[1])


def put(name, content):
    path = INTO / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def tiles(size):
    """The paths of every tile of a log of this size, as c2sp.org/tlog-tiles names them."""
    level = 0
    while size >> (8 * level):
        count = size >> (8 * level)
        for number in range((count + 255) // 256):
            width = min(256, count - number * 256)
            digits = [f"{number % 1000:03d}"]
            while number := number // 1000:
                digits.insert(0, f"x{number % 1000:03d}")
            yield f"tile/{level}/{'/'.join(digits)}" + (f".p/{width}" if width < 256 else "")
        level += 1


def session(name):
    people = told("/sign-in", {})["people"]
    person = next(it["person"] for it in people if it["name"] == name)
    headers, _ = ask("/sign-in", JSON, {"person": person})
    return {"Cookie": headers["Set-Cookie"].split(";")[0]}


def papers(person):
    """What this person may keep of the cases they know: a few of each kind, the newest cases first."""
    kinds, kept = {}, 0
    for case in told("/cases", person)["rows"]:
        at = f"/cases/{case['case_id']}/file"
        for line in told(at, person)["main"]:
            paper = told(f"{at}/{line['id']}", person)
            if not paper["kept"] or kinds.get(paper["kind"], 0) >= EACH_KIND or kept >= PAPERS:
                continue
            if paper["kept"]["entered"]["proof"]["state"] != "witnessed":
                continue
            kinds[paper["kind"]] = kinds.get(paper["kind"], 0) + 1
            kept += 1
            yield paper["kind"], ask(f"{at}/{line['id']}/kept", person)[1], ask(f"{at}/{line['id']}/proof", person)[1]
    print(f"ok   {kept} papers of {len(kinds)} kinds are kept with their proofs")
    if "civil_judgment" not in kinds and "judgment" not in kinds:
        sys.exit(f"FAIL no judgment is among {sorted(kinds)}")


def stamp():
    """The newest time stamp over the record, and the checkpoint that it is over; the first comes within seconds."""
    for _ in range(60):
        lines = ask("/log/record/stamps")[1].decode().splitlines()
        if lines:
            break
        time.sleep(0.5)
    if not lines:
        sys.exit("FAIL nothing is stamped")
    size, at = lines[-1].split(" ")
    put("stamp", ask(f"/log/record/stamps/{size}")[1])
    put("stamp.tsr", ask(f"/log/record/stamps/{size}.tsr")[1])
    put("now", str(int(datetime.datetime.fromisoformat(at.split(".")[0].rstrip("Z") + "+00:00").timestamp()) + 60).encode())


def main():
    stamp()
    for name in ["policy", "root.pem"]:
        shutil.copy(PUBLIC / name, INTO / name)
    if ask("/log/policy")[1] != (PUBLIC / "policy").read_bytes():
        sys.exit("FAIL the policy that is served is another than the one laid out")
    put("checkpoint", ask("/log/record/witnessed")[1])
    size = int((INTO / "checkpoint").read_text().splitlines()[1])
    # The newest tiles may have grown past the witnessed size; whoever grows keeps what was there.
    for path in tiles(size):
        put(path, ask(f"/log/record/{path}")[1])
    for number, (kind, archive, proof) in enumerate(papers(session("纪真"))):
        put(f"kept/{number:02d}-{kind}.zip", archive)
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            names = files.namelist()
            expected = [names[0], names[0] + ".tlog-proof", names[0] + ".tlog-proof.tsr"]
            assert names[:-1] in (expected[:2], expected) and names[-1].endswith(".txt"), names
            put(f"papers/{number:02d}-{kind}.pdf", files.read(names[0]))
            put(f"papers/{number:02d}-{kind}.pdf.tlog-proof", proof)


main()
