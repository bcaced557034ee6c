"""What a browser may be given: an address from a dump is as trustworthy as whoever made the dump."""

from __future__ import annotations

import re

LONGEST = 2_000
"""Characters; what is longer, not every browser takes, and no page has for its address."""

_PLAIN = r"(https?)://([a-z0-9.-]+)(?::(\d{1,5}))?(?:[/?#][!-~]*)?"
_HOST = r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{1,63}|xn--[a-z0-9-]{2,59}|\d{1,3})"


def web_address(text: str) -> str:
    """The address in the form in which it can be handed on; "" when it is none that may be opened.

    It leads by http or https to a host that others can reach, names no user, is printable ASCII and not
    longer than `LONGEST`. A host in another script is written as the network knows it (punycode), so
    that it cannot pose as one it resembles; other characters are percent-encoded.
    """
    if len(text) > LONGEST or not text.isprintable() or " " in text:
        return ""
    if not text.isascii():
        text = _in_ascii(text)
    scheme, mark, rest = text.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    text = scheme.lower() + mark + host.lower() + rest[len(host) :]
    match = re.fullmatch(_PLAIN, text)
    if match is None or len(text) > LONGEST or not re.fullmatch(_HOST, match[2]) or len(match[2]) > 253:
        return ""
    if match[3] and not 0 < int(match[3]) < 65536:
        return ""
    return "" if match[2][-1].isdigit() and not _is_public(match[2]) else text


def _in_ascii(text: str) -> str:
    from urllib.parse import quote

    scheme, mark, rest = text.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    name, colon, port = host.partition(":")
    try:
        known = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return scheme + mark + known + colon + port + quote(rest[len(host) :], safe="!#$%&'()*+,/:;=?@[]~")


def _is_public(host: str) -> bool:
    """Whether a number stands for a machine of the network, and not for this one or a neighbour."""
    from ipaddress import IPv4Address

    try:
        return IPv4Address(host).is_global
    except ValueError:
        return False
