"""Form -> a view of Slack; what somebody filled in -> fields; problems -> each at its field."""

import json
from collections.abc import Iterator, Mapping, Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from alerts.conversation import FieldKind, Form, FormField
from alerts.slack_blocks import cut, escaped, link, marked, plain

_OPTION_MAX, _HINT_MAX, _ERROR_MAX = 75, 2000, 1500
_CHECKBOXES_MAX = 10
_ANSWER = "antwoord"
"""The action id of every field; its block has the field's name."""


def view_of(form: Form, where: Sequence[str]) -> View:
    """The form as a modal. `where` comes back with it: channel, message and thread that it was opened from."""
    intro: list[Block] = [SectionBlock(text=marked(escaped(line))) for line in form.intro]
    if form.link:
        intro.append(SectionBlock(text=marked(link(form.link, "Naar de pagina"))))
    return View(
        type="modal",
        callback_id=form.name,
        title=plain(form.title),
        submit=plain("Verstuur"),
        close=plain("Terug"),
        private_metadata=json.dumps([form.about, *where]),
        # What stays behind in a form that was left open is nobody's to find.
        clear_on_close=True,
        blocks=[*intro, *(_input(field) for field in form.fields)],
    )


def closing_view(words: str) -> View:
    """A modal that only says how it ended."""
    said: list[Block] = [SectionBlock(text=marked(words))]
    return View(type="modal", title=plain("Torenwacht"), close=plain("Sluit"), blocks=said)


def _input(field: FormField) -> InputBlock:
    return InputBlock(
        block_id=field.name,
        label=plain(field.label),
        hint=plain(cut(field.hint, _HINT_MAX)) if field.hint else None,
        optional=field.optional,
        element=_element(field),
    )


def _element(field: FormField) -> InputInteractiveElement:
    options = [Option(value=code, text=plain(cut(words, _OPTION_MAX))) for code, words in field.choices.items()]
    chosen = next((option for option in options if option.value == field.initial), None)
    match field.kind:
        case FieldKind.CHOICE:
            return StaticSelectElement(action_id=_ANSWER, options=options, initial_option=chosen)
        case FieldKind.CHOICES if len(options) <= _CHECKBOXES_MAX:
            return CheckboxesElement(action_id=_ANSWER, options=options)
        case FieldKind.CHOICES:
            return StaticMultiSelectElement(action_id=_ANSWER, options=options)
        case FieldKind.DAY:
            return DatePickerElement(action_id=_ANSWER, initial_date=field.initial or None)
        case FieldKind.MOMENT:
            return DateTimePickerElement(action_id=_ANSWER)
    return PlainTextInputElement(
        action_id=_ANSWER,
        initial_value=field.initial or None,
        multiline=field.kind is FieldKind.TEXT,
        max_length=field.at_most,
    )


def metadata_of(view: Mapping[str, object]) -> list[str]:
    """What the form was about and where it was opened; empty texts for a view that is not ours."""
    try:
        found = json.loads(str(view.get("private_metadata") or "[]"))
    except json.JSONDecodeError:
        found = []
    told = [str(part) for part in found] if isinstance(found, list) else []
    return [*told, "", "", "", ""][:4]


def fields_of(view: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Name of the field -> what was filled in; an empty tuple for what was left open."""
    match view.get("state"):
        case {"values": dict(values)}:
            return {name: tuple(_filled(answer.get(_ANSWER))) for name, answer in values.items()}
    return {}


def _filled(answer: object) -> Iterator[str]:
    match answer:
        case {"value": str(text)}:
            yield text
        case {"selected_option": {"value": str(code)}}:
            yield code
        case {"selected_options": list(options)}:
            yield from (str(option["value"]) for option in options)
        case {"selected_date": str(day)}:
            yield day
        case {"selected_date_time": int(moment)}:
            yield str(moment)


def errors_of(problems: Mapping[str, str], view: Mapping[str, object]) -> dict[str, str]:
    """Each problem at its field; one at no field of the form stands at the first, so that it is seen."""
    known = list(fields_of(view))
    found: dict[str, str] = {}
    for name, problem in problems.items():
        at = name if name in known or not known else known[0]
        found[at] = cut(f"{found[at]} {problem}" if at in found else problem, _ERROR_MAX)
    return found
