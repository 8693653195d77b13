"""Texts that the JSON door has to refuse, and what it has to say; every way into TEC is tried with them."""

from __future__ import annotations

import json
from typing import NamedTuple


class Hostile(NamedTuple):
    """One input, the code of its refusal and words that its message must contain."""

    id: str
    data: bytes
    code: str
    words: tuple[str, ...]


DIGITS = b"9" * 5_000

REFUSED = (
    Hostile("empty", b"", "empty", ("empty",)),
    Hostile("only spaces", b" \n\t\r\n", "empty", ("empty",)),
    Hostile("only a byte order mark", b"\xef\xbb\xbf", "empty", ("empty",)),
    Hostile("not JSON", b"hello", "not_json", ("line 1, column 1", "a value", "“hello”")),
    Hostile("trailing comma", b'{"a": 1,\n}', "not_json", ("line 2, column 1", "Remove the comma")),
    Hostile("trailing comma in a list", b"[1,\n 2,]", "not_json", ("line 2, column 4", "Remove the comma")),
    Hostile("single quotes", b"{'a': 1}", "not_json", ("column 2", "straight double quotes")),
    Hostile("curly quotes", "{“a”: 1}".encode(), "not_json", ("column 2", "straight double quotes")),
    Hostile("comment", b'{\n  // why\n  "a": 1}', "not_json", ("line 2, column 3", "no comments")),
    Hostile("hash comment", b'{"a": 1} # why', "not_json", ("column 10", "no comments")),
    Hostile("unquoted key", b"{a: 1}", "not_json", ("a key in double quotes", "“a”")),
    Hostile("Python words", b'{"a": True}', "not_json", ("/a", "true, false or null")),
    Hostile("missing comma", b'{"a": 1\n "b": 2}', "not_json", ("line 2, column 2", "a comma or “}”")),
    Hostile("missing colon", b'{"a" 1}', "not_json", ("column 6", "a colon after the key")),
    Hostile("cut off", b'{"a": [1, 2', "not_json", ("/a", "the text ends", "cut off")),
    Hostile("cut off in a text", b'{"a": "x', "not_json", ("/a", "no closing quote")),
    Hostile("two values", b'{"a": 1} {"b": 2}', "not_json", ("column 10", "one value")),
    Hostile("line break in a text", b'{"a": "x\ny"}', "not_json", ("/a", "a line break", "\\n")),
    Hostile("tab in a text", b'{"a": "x\ty"}', "not_json", ("/a", "a tab", "\\t")),
    Hostile("ANSI escape in a text", b'{"a": "\x1b[31mx"}', "not_json", ("/a", "a control character")),
    Hostile("raw NUL", b'{"a": "x\x00y"}', "not_json", ("/a", "NUL")),
    Hostile("bad escape", b'{"a": "C:\\data"}', "not_json", ("/a", "“\\d”", "\\\\")),
    Hostile("number with leading zero", b'{"a": 012}', "not_json", ("/a", "column 8")),
    Hostile("lone minus", b"[-]", "not_json", ("/0", "a value")),
    Hostile("HTML", b"<!DOCTYPE html><html></html>", "not_json", ("HTML",)),
    Hostile("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not_json", ("PDF",)),
    Hostile("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_json", ("PNG",)),
    Hostile("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "not_json", ("gzip",)),
    Hostile("NaN", b'{"a": [1, NaN]}', "number_not_finite", ("/a/1", "NaN", "null")),
    Hostile("Infinity", b'{"a": Infinity}', "number_not_finite", ("/a", "Infinity")),
    Hostile("minus Infinity", b'{"a": -Infinity}', "number_not_finite", ("/a", "-Infinity")),
    Hostile("1e999", b'{"a": 1e999}', "number_not_finite", ("/a", "1e999")),
    Hostile("-1e999", b'{"a": -1e999}', "number_not_finite", ("/a", "-1e999")),
    Hostile("2^53 + 1", b'{"a": 9007199254740993}', "number_too_large", ("/a", "2^53")),
    Hostile("-2^53 - 1", b'{"a": -9007199254740993}', "number_too_large", ("/a", "2^53")),
    Hostile("4 000 digits", b'{"a": ' + DIGITS[:4_000] + b"}", "number_too_large", ("/a", "9999…")),
    Hostile("5 000 digits", b'{"a": ' + DIGITS + b"}", "number_too_large", ("/a", "9999…")),
    Hostile("duplicate key", b'{"g": [{"id": 1, "id": 2}]}', "duplicate_key", ("/g/0/id", "“id”", "twice")),
    Hostile("duplicate key by escape", b'{"id": 1, "\\u0069d": 2}', "duplicate_key", ("/id", "“id”")),
    Hostile("NUL in a value", b'{"a": "x\\u0000"}', "bad_character", ("/a", "NUL")),
    Hostile("NUL in a key", b'{"a\\u0000": 1}', "bad_character", ("NUL",)),
    Hostile("lone high surrogate", b'{"a": "\\ud800"}', "bad_character", ("/a", "\\ud800")),
    Hostile("lone low surrogate", b'{"a": "\\uDE00"}', "bad_character", ("/a", "\\ude00")),
    Hostile("lone surrogate in a key", b'{"\\ud800": 1}', "bad_character", ("\\ud800",)),
    Hostile(
        "low surrogate after an escaped backslash",
        b'{"a": "\\\\ud83d\\ude00"}',
        "bad_character",
        ("\\ude00",),
    ),
    Hostile("UTF-16", json.dumps({"a": "x"}).encode("utf-16"), "bad_encoding", ("UTF-16", "UTF-8")),
    Hostile(
        "UTF-16 without a mark", json.dumps({"a": "x"}).encode("utf-16-le"), "not_json", ("UTF-16", "UTF-8")
    ),
    Hostile("UTF-16 big-endian", json.dumps({"a": "x"}).encode("utf-16-be"), "not_json", ("UTF-16", "UTF-8")),
    Hostile("UTF-32", json.dumps({"a": "x"}).encode("utf-32"), "bad_encoding", ("UTF-32", "UTF-8")),
    Hostile(
        "Latin-1",
        '{"a":\n"Größe"}'.encode("latin-1"),
        "bad_encoding",
        ("0xF6", "offset 9", "line 2", "Latin-1"),
    ),
    Hostile("broken UTF-8", b'{"a": "\xc3(\xa9"}', "bad_encoding", ("0xC3", "offset 7", "UTF-8")),
    Hostile("surrogate in UTF-8", b'{"a": "\xed\xa0\x80"}', "bad_encoding", ("0xED", "offset 7")),
    Hostile("overlong UTF-8", b'{"a": "\xc0\xaf"}', "bad_encoding", ("0xC0",)),
    Hostile("65 deep", b"[" * 65 + b"]" * 65, "too_deep", ("64",)),
    Hostile("900 deep", b"[" * 900 + b"]" * 900, "too_deep", ("64",)),
    Hostile("2 000 deep", b'{"a":' * 2_000 + b"1" + b"}" * 2_000, "too_deep", ("64",)),
    Hostile("100 000 deep", b"[" * 100_000, "too_deep", ("64",)),
    Hostile("5 MB and more", b'["' + b"x" * 5_000_000 + b'"]', "too_large", ("5,000,004", "5,000,000")),
    Hostile("long text", b'{"a": "' + b"x" * 20_001 + b'"}', "text_too_long", ("/a", "20,001", "20,000")),
    Hostile("long key", b'{"' + b"x" * 20_001 + b'": 1}', "text_too_long", ("20,001",)),
    Hostile("long list", b"[" + b"0," * 10_000 + b"0]", "too_many_items", ("10,000",)),
    Hostile(
        "100 000 keys",
        json.dumps({f"k{number}": number for number in range(100_000)}).encode(),
        "too_many_keys",
        ("2,000",),
    ),
    Hostile("250 000 values", json.dumps([[[0] * 500] * 50] * 10).encode(), "too_many_values", ("200,000",)),
)
