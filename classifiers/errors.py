"""What can be wrong with the tables and the model; each tells in Dutch what the operator can do."""


class ClassifierError(Exception):
    """The reader cannot be used."""

    advice: str
    """One Dutch sentence: what the operator can do."""


class TableError(ClassifierError):
    """A row of indicators.toml or places.toml is wrong."""

    def __init__(self, file: str, row: str, key: str, advice: str) -> None:
        super().__init__(f"{file}: {row}: {key}")
        self.file, self.row, self.key, self.advice = file, row, key, advice


class ModelMissing(ClassifierError):
    """A file of the reader is not there, or cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.advice = f"Het bestand {name} van de lezer ontbreekt of is onleesbaar. Haal Torenwacht opnieuw op."
