-- The newest checkpoint of each log that enough witnesses cosigned: what proofs are given out under.
CREATE TABLE witnessed (
    log_id INTEGER NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    note   TEXT   NOT NULL
) STRICT;
