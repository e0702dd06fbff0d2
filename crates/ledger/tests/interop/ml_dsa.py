#!/usr/bin/env python3
"""Writes the known answer of ML-DSA-44 cosignatures (c2sp.org/tlog-cosignature) with an implementation that shares no
code with this crate: PyPI's cryptography 50, over OpenSSL.

ml_dsa.py >ml_dsa_44.note: the checkpoint with one cosignature; its last line is the key.
"""
import base64
import hashlib
import struct

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ORIGIN, SIZE, ROOT, NAME, AT = b"court.example/record", 5, bytes([42] * 32), b"w1.example/mldsa", 1_700_000_001
key = MLDSA44PrivateKey.from_seed_bytes(bytes([9] * 32))
public = key.public_key().public_bytes_raw()
typed = b"\x06" + public
ident = hashlib.sha256(NAME + b"\n" + typed).digest()[:4]
message = b"subtree/v1\n\0" + struct.pack("B", len(NAME)) + NAME + struct.pack(">Q", AT)
message += struct.pack("B", len(ORIGIN)) + ORIGIN + struct.pack(">QQ", 0, SIZE) + ROOT
payload = ident + struct.pack(">Q", AT) + key.sign(message)
text = f"{ORIGIN.decode()}\n{SIZE}\n{base64.b64encode(ROOT).decode()}\n"
print(f"{text}\n— {NAME.decode()} {base64.b64encode(payload).decode()}")
print(f"{NAME.decode()}+{ident.hex()}+{base64.b64encode(typed).decode()}")
