"""Settings: what may stand in TORENWACHT_*."""

from datetime import time
from pathlib import Path

import pytest

from monitor.config import Notice, Settings, settings_from
from monitor.errors import ConfigError
from monitor.store import address_of, open_store


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TORENWACHT_PUBLIC_URL", "javascript:alert(1)"),
        ("TORENWACHT_PUBLIC_URL", "torenwacht.example"),
        ("TORENWACHT_PUBLIC_URL", "https://[oops"),
        ("TORENWACHT_NOTICE_HOURS", "0"),
        ("TORENWACHT_NOTICE_HOURS", "twee dagen"),
        ("TORENWACHT_NOTICE_COUNTS_WEEKENDS", "soms"),
        ("TORENWACHT_NOTICE_COUNTS_GOOD_FRIDAY", "yes"),
        ("TORENWACHT_NOTICE_BEFORE", "vrijdag"),
        ("TORENWACHT_NOTICE_BEFORE", "friday 12:00"),
        ("TORENWACHT_NOTICE_BEFORE", "vrijdag 25:00"),
        ("TORENWACHT_DATA", "~deze-gebruiker-bestaat-niet/x"),
    ],
)
def test_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        settings_from({name: value})

    assert raised.value.key == name


def test_notice_of_another_municipality_is_read() -> None:
    prefix = "TORENWACHT_NOTICE_"

    assert settings_from({}).notice == Notice()
    assert settings_from({f"{prefix}HOURS": "72", f"{prefix}COUNTS_HOLIDAYS": "ja"}).notice == Notice(
        hours=72, counts_holidays=True
    )
    assert settings_from({f"{prefix}BEFORE": "Vrijdag 12:00"}).notice == Notice(before=(4, time(12)))


def test_notice_by_hours_and_by_a_day_of_the_week_do_not_go_together() -> None:
    with pytest.raises(ConfigError) as raised:
        settings_from({"TORENWACHT_NOTICE_HOURS": "48", "TORENWACHT_NOTICE_BEFORE": "vrijdag 12:00"})

    assert raised.value.advice.endswith("gaan niet samen. Kies er één.")


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


TOKEN = "xoxb-zo-geheim-als-wat"
KEY = "0123456789abcdef0123456789abcdef"


def test_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "slack").write_text(f"{TOKEN}\n", encoding="utf-8")
    (tmp_path / "key").write_text(KEY, encoding="utf-8")
    (tmp_path / "database").write_text("postgresql+psycopg://wacht:woord%40@db/x", encoding="utf-8")

    found = settings_from(
        {
            "TORENWACHT_SLACK_TOKEN_FILE": str(tmp_path / "slack"),
            "TORENWACHT_FINGERPRINT_KEY_FILE": str(tmp_path / "key"),
            "TORENWACHT_DATABASE_FILE": str(tmp_path / "database"),
        }
    )

    assert found.environment["TORENWACHT_SLACK_TOKEN"] == TOKEN
    assert (found.fingerprint_key, found.database) == (KEY, "postgresql+psycopg://wacht:woord%40@db/x")
    assert found.secrets == {TOKEN, KEY, "woord%40", "woord@"}
    assert [secret for secret in found.secrets if secret in repr(found)] == []


@pytest.mark.parametrize("content", ["", " \n", None, b"\xff\xfe"])
def test_file_without_a_secret_is_named(tmp_path: Path, content: str | bytes | None) -> None:
    file = tmp_path / "slack"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(ConfigError) as raised:
        settings_from({"TORENWACHT_SLACK_TOKEN_FILE": str(file)})

    assert raised.value.key == "TORENWACHT_SLACK_TOKEN_FILE"
    assert str(file) in raised.value.advice


def test_secret_stands_in_one_place_only(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TORENWACHT_SLACK_TOKEN_FILE") as raised:
        settings_from({"TORENWACHT_SLACK_TOKEN": TOKEN, "TORENWACHT_SLACK_TOKEN_FILE": str(tmp_path / "slack")})

    assert TOKEN not in raised.value.advice


def test_only_secrets_are_read_from_files() -> None:
    with pytest.raises(ConfigError, match="TORENWACHT_CONTACT_FILE"):
        settings_from({"TORENWACHT_CONTACT_FILE": "/run/secrets/contact"})
