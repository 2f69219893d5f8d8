"""Users with roles and scopes, tags, saved views, and the audit log."""

import sqlalchemy as sa
from alembic import op

from dashboard.state.models import Utc

revision = "0001"
down_revision = None

# SPEC §4. A user without a role that is written here sees nothing.
ROLES = (
    ("full_admin", "all", True, True, True),
    ("admin", "assigned", True, False, True),
    ("read_only_admin", "all", False, False, True),
    ("assigned_user", "assigned", False, False, False),
    ("nobody", "nothing", False, False, False),
)

APPEND_ONLY = {
    "sqlite": """
        CREATE TRIGGER audit_{event} BEFORE {event} ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
    "postgresql": """
        CREATE TRIGGER audit_{event} BEFORE {event} ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
}
REFUSE = """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
"""


def upgrade() -> None:
    """Make the tables, the roles there are, and triggers that keep the audit log as it is."""
    _tables()
    names = ("name", "sees", "edits_tags", "administers", "whole_numbers")
    roles = sa.table("roles", *map(sa.column, names))
    op.bulk_insert(roles, [dict(zip(names, role, strict=True)) for role in ROLES])
    dialect = op.get_bind().dialect.name
    events = ["UPDATE", "DELETE"]
    if dialect == "postgresql":
        op.execute(REFUSE)
        events.append("TRUNCATE")
    for event in events:
        op.execute(APPEND_ONLY[dialect].format(event=event))


def _tables() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_at"), ["at"], unique=False)

    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit") as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_action"), ["action"], unique=False)

    op.create_table(
        "roles",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sees", sa.String(length=20), nullable=False),
        sa.Column("edits_tags", sa.Boolean(), nullable=False),
        sa.Column("administers", sa.Boolean(), nullable=False),
        sa.Column("whole_numbers", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_roles")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=25), nullable=False),
        sa.Column("folded", sa.String(length=75), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("folded", name=op.f("uq_tags_folded")),
    )
    op.create_table(
        "customer_tags",
        sa.Column("tag_id", sa.String(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_customer_tags_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tag_id", "customer_id", name=op.f("pk_customer_tags")),
    )
    with op.batch_alter_table("customer_tags") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_tags_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "users",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("identity", sa.String(length=500), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["role"], ["roles.name"], name=op.f("fk_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("identity", name=op.f("uq_users_identity")),
    )
    op.create_table(
        "assignments",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_assignments_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "customer_id", name=op.f("pk_assignments")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_views_user_id_name")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("created", Utc(), nullable=False),
        sa.Column("last_seen", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)
