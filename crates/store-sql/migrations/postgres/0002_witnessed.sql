-- The newest checkpoint of each log that enough witnesses cosigned: what proofs are given out under.
CREATE TABLE witnessed (
    log_id bigint NOT NULL PRIMARY KEY,
    size   bigint NOT NULL,
    note   text   NOT NULL
);
