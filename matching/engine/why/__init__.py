"""Why a pair was proposed, and why a person or a post was left over."""
