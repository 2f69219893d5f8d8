"""The scope-leak fuzz: a canary in every field of every customer, and requests that want them."""
