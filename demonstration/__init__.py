"""The three partnerships that run today, built from public facts, to try the platform with."""
