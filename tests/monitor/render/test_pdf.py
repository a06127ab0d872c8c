"""The PDF: tagged, in Dutch, with words for every picture, and deaf to addresses outside itself."""

import socket
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from threading import Thread

import pikepdf
import pytest

from monitor.render import to_html
from monitor.render.pdf import PdfUnavailable, to_pdf
from tests.monitor.render.build import INDICATORS, a_digest


def _pdf_of(html: str) -> bytes:
    """The PDF; skips where Pango is not installed."""
    try:
        return to_pdf(html)
    except PdfUnavailable as error:
        pytest.skip(error.advice)


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    """The briefing as it is printed."""
    with pikepdf.open(BytesIO(_pdf_of(to_html(a_digest(), indicators=INDICATORS)))) as pdf:
        yield pdf


def _tags(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node.K)


def test_it_says_that_it_is_accessible_and_in_dutch(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        part = metadata.get("pdfuaid:part")

    assert (part, str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("1", "nl", True)
    assert str(pdf.docinfo.Title).startswith("Weekbriefing openbare orde")


def test_every_figure_has_words(pdf: pikepdf.Pdf) -> None:
    figures = [tag for tag in _tags(pdf.Root.StructTreeRoot) if tag.S == "/Figure"]

    assert len(figures) > 5
    assert [str(figure.get("/Alt", "")) for figure in figures if not str(figure.get("/Alt", ""))] == []


def test_every_cell_of_a_table_is_tied_to_its_headings(pdf: pikepdf.Pdf) -> None:
    tags = list(_tags(pdf.Root.StructTreeRoot))
    headings = {str(tag.ID) for tag in tags if tag.S == "/TH"}
    cells = [{str(id) for id in tag.A.Headers} for tag in tags if tag.S == "/TD"]

    assert len(headings) > 8
    assert [cell for cell in cells if not cell or not cell <= headings] == []
    assert {len(cell) for cell in cells} == {2}, "one for its column and one for its row"


def test_headings_descend_without_a_gap(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(t.S)[2:]) for t in _tags(pdf.Root.StructTreeRoot) if str(t.S) in ("/H1", "/H2", "/H3", "/H4")]

    assert levels[0] == 1
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_it_fetches_nothing() -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/spion.png"

        def listen() -> None:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                return
            with connection:
                asked.append(connection.recv(100))

        thread = Thread(target=listen)
        thread.start()
        _pdf_of(
            f'<html lang="nl"><title>x</title><img alt="x" src="{address}"><img alt="y" src="file:///etc/hostname">'
        )
        thread.join()

    assert asked == []
