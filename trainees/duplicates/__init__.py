"""One person once: records found by their facts, compared, merged or kept apart."""
