-- The record of a court, and what is kept beside it. One text per database; the columns are the same.
-- The tables of the read model are generated from the schema the program brings.

-- One row per log. The RECORD log's row also says what the read model tells of.
CREATE TABLE log_head (
    log_id      INTEGER NOT NULL PRIMARY KEY,
    size        INTEGER NOT NULL,
    rows_pos    INTEGER NOT NULL,
    rows_schema TEXT    NOT NULL,
    rows_tables TEXT    NOT NULL,
    rows_gen    INTEGER NOT NULL
) STRICT;
INSERT INTO log_head VALUES (1, 0, 0, '', '', 0), (2, 0, 0, '', '', 0);

-- Bodies are wide: an ordinary table, whose key is an index beside it, reads and writes faster than
-- one kept in key order.
CREATE TABLE event (
    log_id   INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    event_id BLOB    NOT NULL,
    stream   TEXT    NOT NULL,
    rev      INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    at_us    INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    cmd_id   BLOB    NOT NULL,
    body     BLOB,
    salt     BLOB,
    entry    BLOB    NOT NULL,
    leaf     BLOB    NOT NULL,
    PRIMARY KEY (log_id, pos),
    UNIQUE (log_id, stream, rev),
    UNIQUE (log_id, event_id),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;

CREATE TABLE command (
    log_id    INTEGER NOT NULL,
    cmd_id    BLOB    NOT NULL,
    hash      BLOB    NOT NULL,
    first_pos INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    PRIMARY KEY (log_id, cmd_id)
) STRICT, WITHOUT ROWID;

-- Open only inside the transaction of a lawful destruction, and empty otherwise.
CREATE TABLE destruction (
    log_id INTEGER NOT NULL,
    stream TEXT    NOT NULL,
    PRIMARY KEY (log_id, stream)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_dense BEFORE INSERT ON event
WHEN NEW.pos <> (SELECT COALESCE(MAX(pos) + 1, 0) FROM event WHERE log_id = NEW.log_id)
BEGIN
    SELECT RAISE(ABORT, 'an event goes to the end of its log');
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NOT (
    NEW.body IS NULL AND NEW.salt IS NULL
    AND NEW.log_id IS OLD.log_id AND NEW.pos IS OLD.pos AND NEW.event_id IS OLD.event_id
    AND NEW.stream IS OLD.stream AND NEW.rev IS OLD.rev AND NEW.name IS OLD.name
    AND NEW.at_us IS OLD.at_us AND NEW.actor IS OLD.actor AND NEW.cmd_id IS OLD.cmd_id
    AND NEW.entry IS OLD.entry AND NEW.leaf IS OLD.leaf
    AND EXISTS (SELECT 1 FROM destruction d WHERE d.log_id = OLD.log_id AND d.stream = OLD.stream)
)
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;

-- Working data: what a person has not yet put forward.
CREATE TABLE working (
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    owner      TEXT    NOT NULL,
    rev        INTEGER NOT NULL,
    value      BLOB    NOT NULL,
    updated_us INTEGER NOT NULL,
    expires_us INTEGER,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX working_of_owner ON working (kind, owner);
CREATE INDEX working_by_expiry ON working (expires_us) WHERE expires_us IS NOT NULL;

CREATE TABLE outbox (
    id               BLOB    NOT NULL PRIMARY KEY,
    channel          TEXT    NOT NULL,
    body             BLOB    NOT NULL,
    due_us           INTEGER NOT NULL,
    attempts         INTEGER NOT NULL,
    claimed_until_us INTEGER,
    why              TEXT,
    failed           INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, due_us) WHERE failed = 0;

CREATE TABLE lease (
    name     TEXT    NOT NULL PRIMARY KEY,
    holder   TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    until_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
    log_id INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    note   TEXT    NOT NULL,
    PRIMARY KEY (log_id, size)
) STRICT, WITHOUT ROWID;

-- Its one row is locked by whoever builds the read model anew.
CREATE TABLE rebuild (one INTEGER NOT NULL PRIMARY KEY) STRICT;
INSERT INTO rebuild VALUES (1);
