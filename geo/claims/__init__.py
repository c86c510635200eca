"""Article and its resolved places in, claims out: rules and lexicons, no model, no network."""
