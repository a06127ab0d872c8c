"""The words beside a find: whole, short, and never broken."""

from classifiers.quote import SHOWN, quote


def test_a_short_sentence_stands_there_whole() -> None:
    text = "Mars\nDe stoet loopt naar de Vismarkt. Daarna is er muziek."

    assert quote(text, 15, 20, [(0, 5), (5, 37), (38, len(text))]) == "De stoet loopt naar de Vismarkt."


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(f"woord{n}" for n in range(60))
    at = text.index("woord30")

    shown = quote(text, at, at + 7, [(0, len(text))])

    assert len(shown) <= SHOWN
    assert shown.startswith("… woord") and shown.endswith(" …") and "woord30" in shown.split()


def test_a_word_without_end_is_left_out_and_harms_nothing() -> None:
    assert quote("x " + "b" * 300, 100, 105, [(0, 302)]).strip(" …") == ""


def test_nothing_is_quoted_where_no_words_show_it() -> None:
    assert quote("Mars", 0, 0, [(0, 4)]) == ""
