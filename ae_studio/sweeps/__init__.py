"""How does it depend on a setting? Sweeps, the queue that trains them, and their summary."""
