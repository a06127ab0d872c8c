"""HTML -> a tagged PDF (PDF/UA-1); the only file that knows WeasyPrint. Fetches nothing."""

import logging

from monitor.errors import MonitorError


class PdfUnavailable(MonitorError):
    """The system library that draws the PDF is not on this machine."""

    advice = (
        "De PDF kan hier niet worden gemaakt, omdat Pango ontbreekt. Vraag de beheerder om 'make system-packages'. "
        "De briefing zelf is er wel: bekijk hem als pagina of druk die af."
    )


def to_pdf(html: str) -> bytes:
    """The document as PDF/UA-1. It takes about a second of work, so call it in a thread.

    `html` holds style, font and pictures as `data:`; everything else is refused, for a briefing holds words of
    strangers. Raises PdfUnavailable.
    """
    try:
        # Loading takes a second and needs Pango: only who wants a PDF pays for it.
        from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415  # no types; see the line above
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]  # noqa: PLC0415  # idem
    except OSError as error:
        raise PdfUnavailable from error

    # One style serves screens and paper: what only a browser understands is no fault of the document.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"])).render()
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
