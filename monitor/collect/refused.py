"""Addresses and questions that are never asked: persons, accounts, groups, wanted and missing people (R7, R8, R19)."""

import re
from urllib.parse import unquote, unquote_plus

from yarl import URL

_PLATFORMS = (
    "bsky.app discord.com discord.gg facebook.com fb.com instagram.com linkedin.com nextdoor.nl nitter.net rsshub.app "
    "signal.group snapchat.com t.me telegram.me threads.net tiktok.com twitter.com vk.com wa.me whatsapp.com x.com "
    "youtu.be youtube.com"
).split()
"""Platforms whose pages are accounts, groups or closed; and mirrors of them."""

_PERSONAL = re.compile(r"/@[^/]|/(?:users?|u|profiles?|authors?|auteurs?|accounts?|groups?)/[^/]", re.I)
"""A path that leads to one account, writer or group, on whatever host (Mastodon, Reddit, WordPress)."""

_ACCOUNT_QUERY = re.compile(r"(?:^|&)(?:actor|author|user|username|handle|wantedDids|channel_id)=[^&]", re.I)

_POLICE = re.compile(r"/(?:gezocht|vermist|wijkagent|politiebureau|opsporing)", re.I)
"""Parts of politie.nl about one person or one officer."""

_QUESTIONS = (
    (re.compile(r"[^\s@=&]+@[^\s@=&]+\.\w{2,}"), "een e-mailadres"),
    (re.compile(r"(?<![\w/@])@\w{2,}"), "een accountnaam"),
    (re.compile(r"(?<![\d.])(?:(?:\+|00)31[\s-]?(?:\(0\))?|0)[\s-]?[1-9](?:[\s-]?\d){8}(?!\d)"), "een telefoonnummer"),
    (
        re.compile(
            r"\b(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}"
            r"|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}"
            r"|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3})\b"
        ),
        "een kenteken",
    ),
)


def _on(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def person_behind(url: URL) -> str | None:
    """What makes `url` the address of a person, an account or a group, in Dutch; None when nothing does."""
    host, path = (url.host or "").lower().rstrip("."), unquote(url.path)
    platform = next((name for name in _PLATFORMS if _on(host, name)), None)
    if platform:
        return f"{platform} is een platform met accounts en groepen"
    if _PERSONAL.search(path) or _ACCOUNT_QUERY.search(url.raw_query_string):
        return "dit adres hoort bij één persoon, account of groep"
    if _on(host, "politie.nl") and _POLICE.search(path):
        return "dit deel van politie.nl gaat over personen (gezocht, vermist, wijkagent of bureau)"
    return None


def person_asked_for(text: str) -> str | None:
    """What in `text`, a query or an address, singles out a person, in Dutch; None when nothing does (R8)."""
    plain = unquote_plus(text)
    return next((what for pattern, what in _QUESTIONS if pattern.search(plain) or pattern.search(unquote(text))), None)
