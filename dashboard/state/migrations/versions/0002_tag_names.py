"""Room for names of tags in code points, of which a character may take several."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen both forms of the name.

    SQLite copies the table and drops the old one, which would take every customer's tags along.
    """
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        op.execute("CREATE TEMPORARY TABLE kept AS SELECT tag_id, customer_id FROM customer_tags")
    with op.batch_alter_table("tags") as batch_op:
        batch_op.alter_column("name", type_=sa.String(100), existing_nullable=False)
        batch_op.alter_column("folded", type_=sa.String(300), existing_nullable=False)
    if on_sqlite:
        op.execute(
            "INSERT INTO customer_tags (tag_id, customer_id) SELECT tag_id, customer_id FROM kept "
            "WHERE true ON CONFLICT DO NOTHING"
        )
        op.execute("DROP TABLE kept")
