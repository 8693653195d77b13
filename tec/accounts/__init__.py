"""Who may come in and how: log-in, password, second factor, single sign-on, sessions and tokens."""
