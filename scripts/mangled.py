"""Text as somebody types it who means harm: HTML, marks, addresses and letters, glued, cut, doubled and bent."""

import random
from collections.abc import Callable, Iterator

PIECES = (
    # What runs, and what loads.
    "<script>", "</script>", "<script src=//canary.example>", "<img src=x onerror=canary()>", "<svg onload=canary()>",
    "<svg>", "</svg>", "<math>", "<mi xlink:href=javascript:canary()>", "<iframe srcdoc=", "<object data=",
    "<embed src=", "<style>", "</style>", "<base href=//canary.example>", "<meta http-equiv=refresh content=",
    "<link rel=stylesheet href=", "<form action=", "<input autofocus onfocus=canary()>",
    "<details open ontoggle=canary()>", "<template>", "<noscript>", "</noscript>", "<textarea>", "</textarea>",
    "<title>", "</title>", "<plaintext>", "<xmp>", "<select>", "<option>", "<a href=", "<a/href=", "<a\thref=",
    "<mark>", "</mark>", "<bdi>", "</p>", "<table><tr><td>", "</table>", "<annotation-xml>", "<foreignObject>",
    "<desc>", "<mglyph>", "<mtext>", "<isindex>", "<frameset>", "<body onload=canary()>", "<!doctype html>",
    " onclick=canary()", " onmouseover='canary()'", ' style="x:expression(canary())"', " formaction=", " srcset=",
    " autofocus",
    # Addresses.
    "javascript:canary()", "JaVaScRiPt:canary()", "java\tscript:canary()", "java\nscript:canary()",
    "\x01javascript:canary()", "javascript&colon;canary()", "&#106;avascript:canary()",
    "&#x6A;&#x61;vascript:canary()", "javascript%3Acanary()", "vbscript:canary()",
    "data:text/html,<script>canary()</script>", "data:image/svg+xml;base64,PHN2Zz4=", "feed:javascript:x",
    "//canary.example", "http://example.org/", "https://example.org/?a=b&c=d#e", "mailto:a@example.org",
    "\\\\canary.example", "view-source:javascript:canary()", "jar:javascript:x!/", "blob:null", "about:blank",
    "http://[::1]/", "http:javascript:x",
    # Marked text.
    "[a](", "[a][b]", "[b]: ", ")", "](", "![", "![x](", "<http://", "<javascript:canary()>", "<mailto:", "`", "```\n",
    "~~~ html\n", "# ", "###### ", "> ", "- ", "1. ", "    ", "\n\n", "\n", "***", "__", "~~", "|a|b|\n|-|-|\n|", "|",
    "\\", '"', "'", "(", "[", "]", ' "title" onclick="canary()")', " 'title')", "<!--", "-->", "--!>", "<![CDATA[",
    "]]>", "<?xml ", "?>", "<!", "</", "<", ">", "&", "=",
    # Entities, and letters that hide others.
    "&lt;", "&gt;", "&quot;", "&#39;", "&amp;lt;", "&#x3c;", "&#60", "&NewLine;", "&Tab;", "&nbsp;", "&#0;",
    "&#xD800;", "&unknown;", "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200b", "\ufeff", "\u2028", "\u00ad",
    "\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\ufffe", "😀", "＜script＞", "﹤", "‹", "ʺ", "İ", "ſ",
    "\u0130mg", "e\u0301", "العربية", "中文", "{{ 7*7 }}", "{% x %}", "${7*7}", "<%= 7 %>", "\\u003c", "\\x3c",
    "%3Cscript%3E", "+ADw-script+AD4-",
)  # fmt: skip


def texts(seed: int, cases: int) -> Iterator[str]:
    """Texts made of pieces that were glued, cut, doubled, bent and hidden."""
    chance = random.Random(seed)
    for _case in range(cases):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        for _bend in range(chance.choice((0, 0, 1, 1, 2, 3))):
            text = chance.choice(BENDS)(text, chance)
        yield text[:2000]


def cut(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 0.5 else text[at:]


def put(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(PIECES) + text[at:]


def swap_case(text: str, chance: random.Random) -> str:
    return "".join(letter.swapcase() if chance.random() < 0.3 else letter for letter in text)


def as_entities(text: str, chance: random.Random) -> str:
    return "".join(f"&#{ord(letter)};" if chance.random() < 0.2 else letter for letter in text)


def twice(text: str, chance: random.Random) -> str:
    return text * chance.randint(2, 3)


def strew(text: str, chance: random.Random) -> str:
    """Letters that many readers skip, between those that mean something."""
    return "".join(letter + chance.choice("\t\n\x00\x0c\u200b") if chance.random() < 0.1 else letter for letter in text)


def any_letter(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    number = chance.randint(0, 0x10FFFF)
    return text[:at] + ("?" if 0xD800 <= number < 0xE000 else chr(number)) + text[at:]


BENDS: tuple[Callable[[str, random.Random], str], ...] = (cut, put, swap_case, as_entities, twice, strew, any_letter)
