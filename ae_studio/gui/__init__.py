"""How do I see and touch it? The only folder that knows Qt."""
