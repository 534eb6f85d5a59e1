"""How good is it? A file for each kind of metric, and what they are measured on."""
