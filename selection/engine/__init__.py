"""Who meets which condition: plain calculation."""
