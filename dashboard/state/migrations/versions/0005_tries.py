"""How often a copy was refused, and when it is tried again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text as sql

from dashboard.state.models import Utc

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add both in place; nothing waits yet."""
    tries: sa.Column[int] = sa.Column(
        "tries", sa.Integer(), nullable=False, server_default=sql("0")
    )
    op.add_column("deliveries", tries)
    op.add_column("deliveries", sa.Column("again", Utc(), nullable=True))
