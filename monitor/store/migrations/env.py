"""Run by Alembic, on the connection that `monitor.store.upgrade` hands over."""

from alembic import context

from monitor.store.schema import TABLES
from monitor.store.upgrade import is_ours, plain_type

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    include_object=is_ours,
    render_item=plain_type,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
