"""docs/sources.md says what the code can do: every kind, every option, every source that is shipped."""

from pathlib import Path

from monitor.collect import KINDS
from monitor.collect.sources import read_sources

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_kind_and_option_is_in_the_documents_with_its_meaning() -> None:
    rows = {
        f"| `{name}` | {'yes' if option.required else 'no'} | {option.meaning} |"
        for kind in KINDS.values()
        for name, option in kind.options.items()
    }

    assert {kind for kind in KINDS if f"### `{kind}`" not in TEXT} == set()
    assert rows - set(TEXT.splitlines()) == set()


def test_every_shipped_source_is_in_the_documents_with_its_address() -> None:
    shipped = read_sources(ROOT / "sources.toml")

    assert [source.id for source in shipped if f"| `{source.id}` | `{source.hosts[0]}/" not in TEXT] == []
