-- What was answered in wizards that are under way, and what completed ones were stored as.
CREATE TABLE wizard_draft (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9]*'),
    kind TEXT NOT NULL CHECK (kind IN ('add-roles', 'create-server')),
    -- As it was typed for a new server, and folded; there need not be such a server.
    server TEXT NOT NULL,
    server_key TEXT NOT NULL,
    site TEXT,
    state INTEGER NOT NULL CHECK (state > 0),
    server_revision INTEGER NOT NULL CHECK (server_revision >= 0),
    component_revision INTEGER NOT NULL CHECK (component_revision >= 0),
    -- By step, what its controls held.
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    refused TEXT NOT NULL CHECK (json_valid(refused)),
    touched INTEGER NOT NULL,
    -- Null while the draft is open.
    change_set INTEGER REFERENCES change_set (number)
) STRICT, WITHOUT ROWID;

CREATE INDEX wizard_draft_by_server ON wizard_draft (server_key) WHERE change_set IS NULL;
CREATE INDEX wizard_draft_by_site ON wizard_draft (site) WHERE change_set IS NULL;
CREATE INDEX wizard_draft_by_age ON wizard_draft (touched);
