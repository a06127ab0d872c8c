"""Several runs of the tests may share one PostgreSQL server."""

import psycopg

from tests.databases import Postgres


def test_two_runs_on_one_server_have_databases_of_their_own_and_leave_none(postgres: Postgres) -> None:
    def names() -> set[str]:
        with psycopg.connect(postgres.server % "postgres") as connection:
            return {name for (name,) in connection.execute("select datname from pg_database")}

    before = names()
    one, other = Postgres(postgres.server), Postgres(postgres.server)

    with one.database() as here, other.database() as there:
        assert here != there

    one.drop_all()
    other.drop_all()
    assert names() == before
