"""A fault in rules.toml is named with its file, row and key, and with the way out."""

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.rules.send_table import names_channels, read_rules

RULE = '[[rule]]\nname = "nieuw"\nchange = ["nieuw"]\nurgency = 2\n'


@pytest.mark.parametrize(
    ("table", "key", "way_out"),
    [
        ("[[rule]", "bestand", "Verbeter de genoemde regel"),
        ("", "rule", "Begin elke regel met [[rule]]"),
        ("rule = 3", "rule", "dubbele haken"),
        ("[regel]", "regel", "Toegestaan"),
        (RULE + "kleur = 3", "rule[1].kleur", "Kies uit: name"),
        (RULE.replace("nieuw", "Nieuw!", 1), "rule[1].name", "kleine letters"),
        (RULE + RULE, "rule[nieuw].name", "twee keer"),
        (RULE.replace('["nieuw"]', '["oud"]'), "rule[nieuw].change", "Kies uit: nieuw, tweede_bron"),
        (RULE.replace('["nieuw"]', "[]"), "rule[nieuw].change", "één of meer"),
        (RULE + 'level = ["D"]', "rule[nieuw].level", "Kies uit: A, B, C"),
        (RULE + 'category = ["markt"]', "rule[nieuw].category", "Kies uit: demonstratie"),
        (RULE + 'area = ["Atlantis"]', "rule[nieuw].area", "naam of code van het CBS"),
        (RULE + "horizon = 0", "rule[nieuw].horizon", "van 1 tot en met 730"),
        (RULE + "hours = 48", "rule[nieuw].hours", "hoort alleen bij termijn"),
        (RULE + "minutes = 5", "rule[nieuw].minutes", "hoort alleen bij niet_gezien"),
        (RULE + "cooldown = 5", "rule[nieuw].cooldown", "kan niet wachten: nieuw"),
        (RULE.replace("2", "4"), "rule[nieuw].urgency", "van 0 tot en met 3"),
        (RULE.replace('["nieuw"]', '["termijn"]'), "rule[nieuw].hours", "van 1 tot en met 720"),
        (RULE.replace('["nieuw"]', '["termijn", "nieuw"]'), "rule[nieuw].change", "een eigen regel"),
        (RULE + "[bundle]\nmore_than = 0\nminutes = 5", "bundle.more_than", "van 1 tot en met 1000"),
        (RULE + '[[quiet]]\nchannel = "x"\nfrom = "22"', "quiet[1].from", "zonder aanhalingstekens"),
        (RULE + '[[quiet]]\nchannel = "x"\nfrom = 07:00:00\nuntil = 07:00:00', "quiet[1].until", "gelijk"),
    ],
)
def test_each_fault_is_named_with_the_way_out(tmp_path: Path, table: str, key: str, way_out: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(table, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        read_rules(file)

    assert (caught.value.file, caught.value.key) == ("rules.toml", key)
    assert way_out in caught.value.advice


def test_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"weg\.toml"):
        read_rules(tmp_path / "weg.toml")


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('to = ["stadhuis"]', "rule[nieuw].to"),
        ('[[quiet]]\nchannel = "stadhuis"\nfrom = 22:00:00\nuntil = 07:00:00', "quiet[stadhuis].channel"),
    ],
)
def test_rule_that_would_tell_nobody_is_a_fault(tmp_path: Path, more: str, key: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULE + more, encoding="utf-8")
    rules = read_rules(file)

    names_channels(file.name, rules, {"stadhuis"})
    with pytest.raises(ConfigError) as caught:
        names_channels(file.name, rules, {"adviseurs"})

    assert caught.value.key == key
