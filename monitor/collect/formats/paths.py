"""A path such as `iterator.items[].title` -> the values that stand there in JSON. Our own: a page of code, no language.

a.b        field b of field a               a[]      every entry of list a; [] alone: of the list itself
^a         field a of the entry around it   a | b    a, or b where a gives nothing
{a} - {b}  with braces: a text in which each path is filled in
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

Chain = tuple[object, ...]
"""An entry with the entries around it, the outermost first."""

_STEP = re.compile(r"(?P<name>[^.\[\]{}|^]*)(?P<each>(?:\[\])*)")
_FILL = re.compile(r"\{([^{}]*)\}")
DEEPEST = 20
MANY = 200
"""Values of one entry; more belong to no title and no text."""


def problem_with(text: str) -> str | None:
    """What is wrong with a path or a template, in Dutch; None when it can be used."""
    paths = _FILL.findall(text) if "{" in text or "}" in text else [text]
    if not paths or "{" in _FILL.sub("", text) or "}" in _FILL.sub("", text):
        return f"'{text}' heeft een accolade te veel of te weinig"
    for path in (part.strip() for found in paths for part in found.split("|")):
        steps = path.lstrip("^").split(".")
        if not all(_STEP.fullmatch(step) and step for step in steps) or len(steps) > DEEPEST:
            return f"'{path}' is geen pad; schrijf bijvoorbeeld berichten[].titel"
    return None


def _each(chain: Chain, lists: int) -> Iterator[Chain]:
    """Every entry of the list at the end of `chain`; with more `lists`, of the lists in it."""
    if not isinstance(chain[-1], list):
        return
    for entry in chain[-1]:
        if lists == 1:
            yield (*chain[:-1], entry)
        else:
            yield from _each((*chain[:-1], entry, entry), lists - 1)


def _climb(chain: Chain, steps: list[str]) -> Iterator[Chain]:
    """Every place that `steps` lead to; each `[]` adds an entry to the chain, a field replaces its last."""
    if not steps:
        yield chain
        return
    match = _STEP.fullmatch(steps[0])
    name, lists = (match["name"], len(match["each"]) // 2) if match else ("", 0)
    here: object = chain[-1]
    if name:
        here = here.get(name) if isinstance(here, Mapping) else None
    found = _each((*chain, here), lists) if lists else iter([(*chain[:-1], here)])
    for place in found:
        if place[-1] is not None:
            yield from _climb(place, steps[1:])


def places(path: str, chain: Chain, *, at_most: int = MANY) -> list[Chain]:
    """What stands at `path`, in order, each with what is around it; empty when nothing does.

    No more than `at_most`: what is left of a list that never ends is not looked at.
    """
    for choice in (part.strip() for part in path.split("|")):
        up = len(choice) - len(choice.lstrip("^"))
        if up >= len(chain):
            continue
        start = chain[: len(chain) - up]
        if found := list(islice(_climb(start, choice[up:].split(".")), at_most)):
            return found
    return []


def values(path: str, chain: Chain) -> list[str]:
    """The texts and numbers at `path`; a boolean as `true` or `false`; tables and lists are left out."""
    texts = []
    for place in places(path, chain):
        match place[-1]:
            case bool() as flag:
                texts.append(str(flag).lower())
            case str() | int() | float() as value if str(value).strip():
                texts.append(str(value).strip())
    return texts


def filled(template: str, chain: Chain, *, between: str = " ") -> str:
    """`template` with its paths filled in; a template without braces is one path. Empty when nothing stands there."""
    if "{" not in template:
        return between.join(values(template, chain))
    return _FILL.sub(lambda match: between.join(values(match[1], chain)), template).strip()
