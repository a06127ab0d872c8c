"""A hashtag timeline (Mastodon): which addresses it is asked at, and how each post loses its people before it is read.

There is no way here to a person: not to an account, not to a list of followers, not to one post or its answers (R7).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import islice
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser
from yarl import URL

from monitor.collect.refused import person_asked_for

TAGS_PER_QUESTION = 4
"""More hashtags in one question a server does not take."""
POSTS = 40
"""The most that a server gives at once."""
LONGEST = 20_000
"""Characters of one post that are looked at, markup included."""

_TAG = re.compile(r"\w{2,60}")
_TIMELINE = "/api/v1/timelines/tag/"
_BREAK = re.compile(r"<br\s*/?>|</p>", re.I)
_LEADS_SOMEWHERE = re.compile(r"\S*(?:[@＠﹫]|://)\S*")
"""A word with an account or an address in it."""
_HASHTAG = re.compile(r"[#＃]\s?(\w+)")


def hashtags(value: object) -> str | None:
    """One hashtag or more, without the sign: names of places and happenings, never of people (R8)."""
    if not isinstance(value, list) or not value:
        return 'moet een lijst van hashtags zijn, zoals ["groningen", "grotemarkt"]'
    for tag in value:
        if not isinstance(tag, str) or not _TAG.fullmatch(tag):
            return f"bevat '{tag}'; schrijf een hashtag als één woord, zonder #"
        if what := person_asked_for(tag):
            return f"bevat {what}; zoek nooit naar personen, alleen naar plaatsen en gebeurtenissen"
    return None


def tags_of(options: Mapping[str, object]) -> list[str]:
    """The reviewed hashtags of a row, in its order."""
    tags = options.get("tags")
    return list(dict.fromkeys(tag for tag in tags if isinstance(tag, str))) if isinstance(tags, list) else []


def questions(url: str, tags: Sequence[str]) -> Iterator[str]:
    """The addresses that together ask for all `tags`; of `url` only the server counts, whatever it leads to."""
    rest = iter(tags)
    while group := list(islice(rest, TAGS_PER_QUESTION)):
        first, *others = group
        query = [("limit", str(POSTS)), *(("any[]", tag) for tag in others)]
        yield str(URL(url).origin().joinpath(*f"{_TIMELINE}{first}".strip("/").split("/")).with_query(query))


def question_after(asked: str, url: str, tags: Sequence[str]) -> str | None:
    """The question to ask after the one at `asked`; None after the last, and after one that is not ours."""
    everything = list(questions(url, tags))
    paths = [unquote(URL(question).raw_path) for question in everything]
    here = unquote(URL(asked).raw_path)
    number = paths.index(here) + 1 if here in paths else len(everything)
    return everything[number] if number < len(everything) else None


def without_people(html: str, tags: frozenset[str]) -> str:
    """The words of a post, as HTML without markup: no account, no link, and no hashtag but the reviewed `tags`.

    A hashtag that nobody reviewed may be somebody's name; a link shows whose post it leads to.
    """
    whole = html[:LONGEST].encode("utf-8", "ignore").decode()  # half a character has no place in markup
    body = LexborHTMLParser(_BREAK.sub("\n", whole)).body
    if body is None:
        return ""
    for node in body.css("a, script, style, .h-card, .mention"):
        known = "hashtag" in (node.attributes.get("class") or "").split()
        word = node.text(separator="").strip().lstrip("#＃").casefold()
        if node.tag in ("script", "style"):
            node.decompose()
        elif known and word in tags:
            node.replace_with(f" {word} ")
        else:
            node.replace_with(" ")
    words = _LEADS_SOMEWHERE.sub(" ", unescape(body.text(separator="")))
    words = _HASHTAG.sub(lambda match: match[1] if match[1].casefold() in tags else " ", words)
    return escape("\n".join(line for line in (" ".join(line.split()) for line in words.split("\n")) if line))


def stripped(posts: object, tags: Sequence[str]) -> object:
    """Pruned posts without people in their words and hashtags; one that has none of `tags` was not asked for."""
    if not isinstance(posts, list):
        return posts
    reviewed = frozenset(tag.casefold() for tag in tags)
    return [found for post in posts if (found := _stripped(post, reviewed)) is not None]


def _stripped(post: object, tags: frozenset[str]) -> Mapping[str, object] | None:
    if not isinstance(post, Mapping):
        return None
    told = post.get("tags")
    names = [tag.get("name") for tag in told if isinstance(tag, Mapping)] if isinstance(told, list) else []
    own = [{"name": name.casefold()} for name in names if isinstance(name, str) and name.casefold() in tags]
    content = post.get("content")
    if not own:
        return None
    return {**post, "tags": own, "content": without_people(content, tags) if isinstance(content, str) else ""}
