"""SQL that turns the staged tables of a download into rows of the catalogue."""
# ruff: noqa: S608 - nothing but constants of this module is put together here

from catalogue.esco.tables import TABLES

# Tables just filled have no statistics; whole tables are joined, so hashing is always right.
PLANNING = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"

# Alternative titles come one on a line, the title itself often among them.
TITLES = """array_remove(array_remove(string_to_array(
    replace(coalesce("altLabels", ''), E'\\r', ''), E'\\n'), ''), btrim("preferredLabel"))"""

# Only groups that hang together down from a major group are kept; an ESCO occupation needs its
# unit group. New rows draw their id here, because rows of the tree refer to each other.
NODES = f"""
CREATE TEMP TABLE esco_node ON COMMIT DROP AS
WITH RECURSIVE grouping AS (
    SELECT "conceptUri" AS uri, code AS isco_code, length(code) AS level, code,
        btrim("preferredLabel") AS title, {TITLES} AS alternative_titles,
        coalesce(description, '') AS description
    FROM esco_isco_groups
), tree AS (
    SELECT *, NULL::text AS parent_uri FROM grouping WHERE level = 1
    UNION ALL
    SELECT lower.*, upper.uri FROM tree upper
    JOIN grouping lower ON left(lower.isco_code, -1) = upper.isco_code
), named AS (
    SELECT tree.*, CASE WHEN level = 4 THEN uri END AS unit_group_uri FROM tree
    UNION ALL
    SELECT "conceptUri", "iscoGroup", 5, o.code, btrim("preferredLabel"), {TITLES},
        coalesce(o.description, ''), NULL, tree.uri
    FROM esco_occupations o JOIN tree ON tree.isco_code = o."iscoGroup" AND tree.level = 4
)
SELECT coalesce(old.id, nextval(pg_get_serial_sequence('catalogue_occupation', 'id'))) AS id,
    named.*
FROM named LEFT JOIN catalogue_occupation old USING (uri)
"""

# Some occupations name two broader ones; the one that begins their own code is the parent.
OCCUPATIONS = """
CREATE TEMP TABLE esco_occupation ON COMMIT DROP AS
WITH broader AS (
    SELECT DISTINCT ON (child.id) child.id, parent.id AS parent_id
    FROM esco_occupation_parents said
    JOIN esco_node child ON child.uri = said."conceptUri" AND child.level = 5
    JOIN esco_node parent ON parent.uri = said."broaderUri" AND parent.id <> child.id
    ORDER BY child.id, starts_with(child.code, parent.code || '.') DESC,
        length(parent.code) DESC, parent.code
)
SELECT node.id, node.uri, node.isco_code, node.level, node.code, node.title,
    node.alternative_titles, node.description,
    coalesce(broader.parent_id, upper.id, unit.id) AS parent_id, unit.id AS unit_group_id
FROM esco_node node
LEFT JOIN broader USING (id)
LEFT JOIN esco_node upper ON upper.uri = node.parent_uri
LEFT JOIN esco_node unit ON unit.uri = node.unit_group_uri
"""

SKILL_GROUPS = f"""
CREATE TEMP TABLE esco_skill_group ON COMMIT DROP AS
SELECT "conceptUri" AS uri, coalesce(code, '') AS code, btrim("preferredLabel") AS title,
    {TITLES} AS alternative_titles, coalesce(description, '') AS description
FROM esco_skill_groups
"""

SKILLS = f"""
CREATE TEMP TABLE esco_skill ON COMMIT DROP AS
SELECT "conceptUri" AS uri,
    CASE "skillType" WHEN 'knowledge' THEN 'knowledge' ELSE 'skill' END AS kind,
    CASE WHEN "reuseLevel" IN
        ('transversal', 'cross-sector', 'sector-specific', 'occupation-specific')
        THEN "reuseLevel" ELSE '' END AS reuse_level,
    btrim("preferredLabel") AS title, {TITLES} AS alternative_titles,
    coalesce(description, '') AS description
FROM esco_skills
"""

# A row without its occupation or skill keeps the address it names, to be listed.
ENDS = """
CREATE TEMP TABLE esco_ends ON COMMIT DROP AS
SELECT o.id AS occupation_id, s.id AS skill_id, said."relationType" AS relation,
    CASE WHEN o.id IS NULL THEN coalesce(said."occupationUri", '')
        WHEN s.id IS NULL THEN coalesce(said."skillUri", '') END AS absent
FROM esco_relations said
LEFT JOIN catalogue_occupation o ON o.uri = said."occupationUri" AND o.obsolete_since_id IS NULL
LEFT JOIN catalogue_skill s ON s.uri = said."skillUri" AND s.obsolete_since_id IS NULL
"""

# A pair said to be both essential and optional is essential.
RELATIONS = """
CREATE TEMP TABLE esco_relation ON COMMIT DROP AS
SELECT DISTINCT ON (occupation_id, skill_id) occupation_id, skill_id, relation FROM esco_ends
WHERE absent IS NULL
ORDER BY occupation_id, skill_id, relation
"""

MEMBERSHIPS = """
CREATE TEMP TABLE esco_membership ON COMMIT DROP AS
SELECT DISTINCT skill.id AS skill_id, grouping.id AS group_id FROM esco_skill_parents said
JOIN catalogue_skill skill ON skill.uri = said."conceptUri"
JOIN catalogue_skillgroup grouping ON grouping.uri = said."broaderUri"
WHERE skill.obsolete_since_id IS NULL AND grouping.obsolete_since_id IS NULL
"""

GROUP_PARENTS = """
CREATE TEMP TABLE esco_group_parent ON COMMIT DROP AS
SELECT DISTINCT lower.id AS group_id, upper.id AS parent_id FROM esco_skill_parents said
JOIN catalogue_skillgroup lower ON lower.uri = said."conceptUri"
JOIN catalogue_skillgroup upper ON upper.uri = said."broaderUri" AND upper.id <> lower.id
WHERE lower.obsolete_since_id IS NULL AND upper.obsolete_since_id IS NULL
"""

# What a row names and the download does not hold: file, address, number of rows.
ABSENT = """
SELECT file, absent, count(*) FROM (
    SELECT 'occupationSkillRelations' AS file, absent FROM esco_ends WHERE absent IS NOT NULL
    UNION ALL
    SELECT 'ISCOGroups', left(code, -1) FROM esco_isco_groups
    WHERE "conceptUri" NOT IN (SELECT uri FROM esco_node)
    UNION ALL
    SELECT 'occupations', coalesce("iscoGroup", '') FROM esco_occupations
    WHERE "conceptUri" NOT IN (SELECT uri FROM esco_node)
    UNION ALL
    SELECT 'broaderRelationsOccPillar', coalesce(uri, '')
    FROM esco_occupation_parents, unnest(ARRAY["conceptUri", "broaderUri"]) AS uri
    WHERE coalesce(uri, '') NOT IN (SELECT uri FROM esco_node)
    UNION ALL
    SELECT 'broaderRelationsSkillPillar', coalesce(uri, '')
    FROM esco_skill_parents, unnest(ARRAY["conceptUri", "broaderUri"]) AS uri
    WHERE coalesce(uri, '') NOT IN (
        SELECT uri FROM esco_skill UNION ALL SELECT uri FROM esco_skill_group
    )
) AS named
GROUP BY file, absent ORDER BY file, absent
"""

# Rows that cannot be meant: an address or title left out, a code or relation that is none.
FAULTS = """
SELECT 'ISCOGroups', "conceptUri" FROM esco_isco_groups
WHERE coalesce("conceptUri", '') = '' OR coalesce(btrim("preferredLabel"), '') = ''
    OR coalesce(code, '') !~ '^[0-9]{1,4}$'
UNION ALL
SELECT 'occupations', "conceptUri" FROM esco_occupations
WHERE coalesce("conceptUri", '') = '' OR coalesce(btrim("preferredLabel"), '') = ''
    OR coalesce(code, '') = ''
UNION ALL
SELECT 'skillGroups', "conceptUri" FROM esco_skill_groups
WHERE coalesce("conceptUri", '') = '' OR coalesce(btrim("preferredLabel"), '') = ''
UNION ALL
SELECT 'skills', "conceptUri" FROM esco_skills
WHERE coalesce("conceptUri", '') = '' OR coalesce(btrim("preferredLabel"), '') = ''
UNION ALL
SELECT 'occupationSkillRelations', "occupationUri" FROM esco_relations
WHERE coalesce("relationType", '') NOT IN ('essential', 'optional')
LIMIT 1
"""

# The caller's transaction may go on, with another import even.
LEAVE_AS_FOUND = f"""
SET CONSTRAINTS ALL DEFERRED;
SET LOCAL enable_nestloop = DEFAULT;
SET LOCAL work_mem = DEFAULT;
DROP TABLE esco_node, esco_occupation, esco_skill_group, esco_skill, esco_ends, esco_relation,
    esco_membership, esco_group_parent, {", ".join(f"esco_{table.name}" for table in TABLES)}
"""
