"""Settings: what may stand in TORENWACHT_*."""

from pathlib import Path

import pytest

from monitor.config import Settings, settings_from
from monitor.errors import ConfigError
from monitor.store import address_of, open_store


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TORENWACHT_PUBLIC_URL", "javascript:alert(1)"),
        ("TORENWACHT_PUBLIC_URL", "torenwacht.example"),
        ("TORENWACHT_PUBLIC_URL", "https://[oops"),
        ("TORENWACHT_DATA", "~deze-gebruiker-bestaat-niet/x"),
    ],
)
def test_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        settings_from({name: value})

    assert raised.value.key == name


def test_address_between_brackets_is_that_address() -> None:
    assert settings_from({"TORENWACHT_ALLOW_PRIVATE_HOSTS": "[::1]"}).allow_private_hosts == ("::1",)


def test_database_stands_in_its_folder_whatever_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c %41"

    with open_store(address_of(Settings(data=folder))):
        pass

    assert (folder / "torenwacht.sqlite").is_file()


def test_secret_of_the_installation_is_long_and_never_shown() -> None:
    secret = "0123456789abcdef0123456789abcdef"

    assert settings_from({"TORENWACHT_FINGERPRINT_KEY": secret}).fingerprint_key == secret
    assert secret not in repr(settings_from({"TORENWACHT_FINGERPRINT_KEY": secret}))
    with pytest.raises(ConfigError) as raised:
        settings_from({"TORENWACHT_FINGERPRINT_KEY": "kort"})
    assert "kort'" not in raised.value.advice
