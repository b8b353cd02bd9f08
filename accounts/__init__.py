"""Who you are: users, sign-in, machine clients."""
