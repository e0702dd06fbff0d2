-- The record of a court, and what is kept beside it. One text per database; the columns are the same.
-- The tables of the read model are generated from the schema the program brings.
-- Text is compared by its bytes, whatever the language of the database.

-- One row per log: the lock under which its batches are ordered. Updated by every batch, hence the
-- room for new versions of the row on its page. The RECORD log's row also says what the read model
-- tells of.
CREATE TABLE log_head (
    log_id      bigint           NOT NULL PRIMARY KEY,
    size        bigint           NOT NULL,
    rows_pos    bigint           NOT NULL,
    rows_schema text COLLATE "C" NOT NULL,
    rows_tables text COLLATE "C" NOT NULL,
    rows_gen    bigint           NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log_head VALUES (1, 0, 0, '', '', 0), (2, 0, 0, '', '', 0);

CREATE TABLE event (
    log_id   bigint           NOT NULL,
    pos      bigint           NOT NULL,
    event_id bytea            NOT NULL,
    stream   text COLLATE "C" NOT NULL,
    rev      bigint           NOT NULL,
    name     text COLLATE "C" NOT NULL,
    at_us    bigint           NOT NULL,
    actor    text COLLATE "C" NOT NULL,
    cmd_id   bytea            NOT NULL,
    body     bytea,
    salt     bytea,
    entry    bytea            NOT NULL,
    leaf     bytea            NOT NULL,
    PRIMARY KEY (log_id, pos),
    UNIQUE (log_id, stream, rev),
    UNIQUE (log_id, event_id),
    CHECK ((body IS NULL) = (salt IS NULL))
);

CREATE TABLE command (
    log_id    bigint NOT NULL,
    cmd_id    bytea  NOT NULL,
    hash      bytea  NOT NULL,
    first_pos bigint NOT NULL,
    n         bigint NOT NULL,
    PRIMARY KEY (log_id, cmd_id)
);

-- Open only inside the transaction of a lawful destruction, and empty otherwise.
CREATE TABLE destruction (
    log_id bigint           NOT NULL,
    stream text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, stream)
);

CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.body IS NULL AND NEW.salt IS NULL
            AND ROW(NEW.log_id, NEW.pos, NEW.event_id, NEW.stream, NEW.rev, NEW.name, NEW.at_us,
                    NEW.actor, NEW.cmd_id, NEW.entry, NEW.leaf)
                IS NOT DISTINCT FROM
                ROW(OLD.log_id, OLD.pos, OLD.event_id, OLD.stream, OLD.rev, OLD.name, OLD.at_us,
                    OLD.actor, OLD.cmd_id, OLD.entry, OLD.leaf)
            AND EXISTS (SELECT 1 FROM destruction d
                        WHERE d.log_id = OLD.log_id AND d.stream = OLD.stream)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an event is never changed';
    END IF;
    RAISE EXCEPTION 'an event is never deleted';
END
$$;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event();
CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event();

-- Working data: what a person has not yet put forward.
CREATE TABLE working (
    kind       text COLLATE "C" NOT NULL,
    id         text COLLATE "C" NOT NULL,
    owner      text COLLATE "C" NOT NULL,
    rev        bigint           NOT NULL,
    value      bytea            NOT NULL,
    updated_us bigint           NOT NULL,
    expires_us bigint,
    PRIMARY KEY (kind, id)
);
CREATE INDEX working_of_owner ON working (kind, owner);
CREATE INDEX working_by_expiry ON working (expires_us) WHERE expires_us IS NOT NULL;

CREATE TABLE outbox (
    id               bytea            NOT NULL PRIMARY KEY,
    channel          text COLLATE "C" NOT NULL,
    body             bytea            NOT NULL,
    due_us           bigint           NOT NULL,
    attempts         bigint           NOT NULL,
    claimed_until_us bigint,
    why              text,
    failed           bigint           NOT NULL
);
CREATE INDEX outbox_due ON outbox (channel, due_us) WHERE failed = 0;

CREATE TABLE lease (
    name     text COLLATE "C" NOT NULL PRIMARY KEY,
    holder   text COLLATE "C" NOT NULL,
    epoch    bigint           NOT NULL,
    until_us bigint           NOT NULL
);

CREATE TABLE checkpoint (
    log_id bigint NOT NULL,
    size   bigint NOT NULL,
    note   text   NOT NULL,
    PRIMARY KEY (log_id, size)
);

-- Its one row is locked by whoever builds the read model anew.
CREATE TABLE rebuild (one bigint NOT NULL PRIMARY KEY);
INSERT INTO rebuild VALUES (1);
