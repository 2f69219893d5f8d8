"""State: what Partnerlens itself stores, beside the vendors' data: users, scopes, tags, audit."""
