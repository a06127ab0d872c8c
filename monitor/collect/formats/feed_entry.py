"""What one entry of a feed says, told element by element, in the order of feedparser's rules."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """What one entry says so far."""

    key: str = ""
    title: str = ""
    title_at: int = 0
    """Depth of the element that gave the title; 0: none did."""
    titled: int = 0
    """Depth of the last real title; 0: none, or a source stood in between."""
    link: str | None = None
    summary: str | None = None
    summary_at: int = 0
    """Depth of the element that gave the summary; 0: none did, or content did."""
    whole: list[str] = field(default_factory=list)
    has_content: bool = False
    published: str | None = None
    updated: str | None = None

    def called(self, title: str, depth: int, *, real: bool) -> None:
        if not 0 < self.titled <= depth and (not self.title_at or depth <= self.title_at):
            self.title, self.title_at = title, depth
        if real and title:
            self.titled = depth

    def summed_up(self, text: str, depth: int) -> None:
        if self.summary is not None and not self.has_content:
            self.has_content = True
            self.whole.append(text)
        elif not self.summary_at or depth <= self.summary_at:
            self.summary, self.summary_at = text, depth

    def told(self, text: str) -> None:
        self.has_content = True
        self.whole.append(text)
        if self.summary is None:
            self.summary = text
