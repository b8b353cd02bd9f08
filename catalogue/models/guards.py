"""Guards in the database where a foreign key, checked row by row, would cost too much.

An import brings 129,000 relations in one statement; two foreign keys on them took longer than
all the rest of it. What they would ensure is ensured for the statement as a whole: whatever is
referred to exists when a row is written, and is never taken away.
"""

import pgtrigger

KEPT_FOR_GOOD = pgtrigger.Trigger(
    name="kept_for_good",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("id"),
    func="""
        RAISE EXCEPTION 'An entry of the catalogue is marked obsolete, never deleted.'
            USING ERRCODE = 'restrict_violation';
    """,
)


def ends_exist(**tables: str) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse rows naming what does not exist.

    ``tables`` gives, for each column, the table whose ``id`` it names; that table must be
    kept for good. An empty column names nothing and passes.
    """
    joins = " ".join(
        f"LEFT JOIN {table} AS of_{column} ON of_{column}.id = written.{column}"
        for column, table in tables.items()
    )
    broken = " OR ".join(
        f"(written.{column} IS NOT NULL AND of_{column}.id IS NULL)" for column in tables
    )
    return [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="written"),
            func=f"""
                IF EXISTS (SELECT FROM written {joins} WHERE {broken}) THEN
                    RAISE EXCEPTION 'A row of % names what does not exist.', TG_TABLE_NAME
                        USING ERRCODE = 'foreign_key_violation';
                END IF;
                RETURN NULL;
            """,
        )
        for name, operation in (
            ("ends_exist_when_added", pgtrigger.Insert),
            ("ends_exist_when_changed", pgtrigger.Update),
        )
    ]
