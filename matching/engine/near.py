"""Who may be weighed for which opening at all: near occupations, and no pair declined before.

A pair passes when trained-for and asked-for lie in the same unit group, or when their unit
groups or their occupations are listed as near with at least the similarity of the terms.
"""

import numpy as np

from .instance import NONE


class Near:
    """The near pairs of a night, as codes of its instance."""

    def __init__(self, instance, terms):
        words = instance.vocabulary
        least = terms.least_similarity
        self.groups = _coded(words.unit_groups, terms.near_groups, least)
        self.occupations = _coded(words.occupations, terms.near_occupations, least)
        self.links = self._links(instance)
        self.declined = _declined(instance, terms)

    def _links(self, instance):
        """Pairs of unit groups (trained for, asked for) between which a pair can pass."""
        people, demands = instance.candidates, instance.openings
        links = set(self.groups)
        links |= {(int(group), int(group)) for group in np.unique(demands.unit_group)}
        trained = _groups_by_occupation(people)
        asked = _groups_by_occupation(demands)
        for held, wanted in self.occupations:
            links |= {(a, b) for a in trained.get(held, ()) for b in asked.get(wanted, ())}
        return links

    def pairs(self, instance, rows, columns):
        """True where the occupation gate is passed, candidates `rows` × openings `columns`."""
        people, demands = instance.candidates, instance.openings
        trained, asked = people.unit_group[rows][:, None], demands.unit_group[columns][None, :]
        passed = trained == asked
        if self.groups:
            passed |= _listed(self.groups, trained, asked)
        if self.occupations:
            trained = people.occupation[rows][:, None]
            asked = demands.occupation[columns][None, :]
            passed |= _listed(self.occupations, trained, asked)
        return passed

    def turned_down(self, instance, rows, columns):
        """True where an employer has declined the pair, candidates `rows` × openings `columns`."""
        width = np.int64(len(instance.openings))
        return np.isin(rows[:, None] * width + columns[None, :], self.declined)


def _declined(instance, terms):
    """Declined pairs as candidate position · number of openings + opening position."""
    if not terms.declined:
        return np.zeros(0, np.int64)
    row_of = {key: row for row, key in enumerate(instance.candidates.keys.tolist())}
    column_of = {key: column for column, key in enumerate(instance.openings.keys.tolist())}
    found = [
        row_of[person] * len(column_of) + column_of[opening]
        for person, opening in terms.declined
        if person in row_of and opening in column_of
    ]
    return np.array(sorted(found), np.int64)


def _coded(values, listed, least):
    """Listed pairs similar enough, as codes; those absent tonight are left out."""
    codes = {value: code for code, value in enumerate(values.tolist())}
    return {
        (codes[held], codes[wanted])
        for (held, wanted), similarity in listed.items()
        if similarity >= least and held in codes and wanted in codes
    }


def _groups_by_occupation(side):
    """The unit groups in which each occupation occurs on one side."""
    known = side.occupation != NONE
    both = np.unique(np.stack([side.occupation[known], side.unit_group[known]]), axis=1)
    found = {}
    for occupation, group in both.T.tolist():
        found.setdefault(occupation, []).append(group)
    return found


def _listed(listed, trained, asked):
    """Where (trained, asked) is one of the listed code pairs."""
    width = np.int64(1) << 32
    wanted = np.array([held * width + asked for held, asked in sorted(listed)], np.int64)
    return np.isin(trained * width + asked, wanted)
