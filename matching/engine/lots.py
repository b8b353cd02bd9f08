"""Lots: a reproducible draw for every pair, from the seed and the two keys alone."""

import hashlib

import numpy as np

MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
STEP = np.uint64(0x9E3779B97F4A7C15)


def lots(instance, pairs, seed):
    """One unsigned 64-bit draw per pair."""
    start = _mixed(np.array([seed % 2**64], np.uint64))
    people = _mixed(_numbers(instance.candidates.keys) ^ start)
    demands = _mixed(_numbers(instance.openings.keys) + start + STEP)
    return _mixed(people[pairs.candidate] + STEP * demands[pairs.opening])


def _numbers(keys):
    """Keys as 64-bit numbers: integers as they are, strings by their BLAKE2 digest."""
    if keys.dtype.kind == "i":
        return keys.astype(np.uint64)
    digests = b"".join(hashlib.blake2b(key.encode(), digest_size=8).digest() for key in keys)
    return np.frombuffer(digests, "<u8").astype(np.uint64)


def _mixed(numbers):
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every bit."""
    numbers = numbers + STEP
    numbers = (numbers ^ (numbers >> np.uint64(30))) * MIX[0]
    numbers = (numbers ^ (numbers >> np.uint64(27))) * MIX[1]
    return numbers ^ (numbers >> np.uint64(31))
