"""Where Alembic starts: runs migrations on the connection it is given."""

from alembic import context

from dashboard.state import schedule_models  # noqa: F401 - its tables belong to the metadata
from dashboard.state.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
