-- The configuration, its history, and what is derived from it. Append only: a later need gets a file of its own.
-- Constraints hold the shape rules a second time, so that no path past the rules can store what they refuse.

CREATE TABLE change_set (
    number INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    actor_text TEXT NOT NULL,
    reason TEXT,
    request_id TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('form', 'import')),
    import_format TEXT,
    import_file TEXT,
    import_bytes INTEGER,
    import_sha256 TEXT,
    import_counts TEXT CHECK (import_counts IS NULL OR json_valid(import_counts))
) STRICT;

CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    change_set INTEGER NOT NULL REFERENCES change_set (number),
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),
    before TEXT,
    after TEXT,
    CHECK ((before IS NULL) = (kind = 'added')),
    CHECK ((after IS NULL) = (kind = 'removed'))
) STRICT;

CREATE INDEX change_by_set ON change (change_set, number);
CREATE INDEX change_by_key ON change (entity, key, number);

CREATE INDEX change_removed ON change (entity, key, number) WHERE kind = 'removed';

CREATE TRIGGER change_set_is_not_edited BEFORE UPDATE ON change_set
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END;
CREATE TRIGGER change_set_is_not_deleted BEFORE DELETE ON change_set
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
CREATE TRIGGER change_is_not_edited BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'history is never edited'); END;
CREATE TRIGGER change_is_not_deleted BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

CREATE TABLE site (
    code TEXT PRIMARY KEY CHECK (length(code) = 3 AND code NOT GLOB '*[^A-Z0-9]*'),
    revision INTEGER NOT NULL REFERENCES change (number),
    name TEXT,
    type TEXT CHECK (type IN ('central administration', 'primary', 'secondary')),
    parent TEXT CHECK (length(parent) = 3 AND parent NOT GLOB '*[^A-Z0-9]*'),
    site_server TEXT CHECK (length(site_server) BETWEEN 1 AND 255),
    version TEXT,
    cloud_distribution_points TEXT NOT NULL CHECK (json_valid(cloud_distribution_points)),
    exchange_connectors TEXT NOT NULL CHECK (json_valid(exchange_connectors))
) STRICT, WITHOUT ROWID;

-- Columns of a group are null together when the group was not told (general_initiates, proxy_use) or never seen.
CREATE TABLE server (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key NOT GLOB '*[A-Z]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255 AND lower(name) = key AND name NOT GLOB '*[^-A-Za-z0-9._]*'),
    site TEXT NOT NULL REFERENCES site (code),
    revision INTEGER NOT NULL REFERENCES change (number),
    general_internet_fqdn TEXT CHECK (length(general_internet_fqdn) BETWEEN 1 AND 255),
    general_initiates INTEGER CHECK (general_initiates IN (0, 1)),
    general_installation_account TEXT CHECK (length(general_installation_account) > 0),
    general_forest TEXT,
    general_domain TEXT,
    proxy_use INTEGER CHECK (proxy_use IN (0, 1)),
    proxy_server TEXT CHECK (length(proxy_server) BETWEEN 1 AND 255),
    proxy_port INTEGER CHECK (proxy_port BETWEEN 1 AND 65535),
    proxy_account TEXT CHECK (length(proxy_account) > 0),
    seen_general_internet_fqdn TEXT CHECK (length(seen_general_internet_fqdn) BETWEEN 1 AND 255),
    seen_general_initiates INTEGER CHECK (seen_general_initiates IN (0, 1)),
    seen_general_installation_account TEXT CHECK (length(seen_general_installation_account) > 0),
    seen_general_forest TEXT,
    seen_general_domain TEXT,
    seen_proxy_use INTEGER CHECK (seen_proxy_use IN (0, 1)),
    seen_proxy_server TEXT CHECK (length(seen_proxy_server) BETWEEN 1 AND 255),
    seen_proxy_port INTEGER CHECK (seen_proxy_port BETWEEN 1 AND 65535),
    seen_proxy_account TEXT CHECK (length(seen_proxy_account) > 0),
    seen_set INTEGER REFERENCES change_set (number),
    seen_time INTEGER,
    -- Derived by the writer, for the list of servers and the overview.
    proxy_key TEXT,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    CHECK ((proxy_use IS 1) = (proxy_server IS NOT NULL)),
    CHECK ((proxy_use IS 1) = (proxy_port IS NOT NULL)),
    CHECK (proxy_account IS NULL OR proxy_use = 1),
    CHECK ((seen_proxy_use IS 1) = (seen_proxy_server IS NOT NULL)),
    CHECK ((seen_proxy_use IS 1) = (seen_proxy_port IS NOT NULL)),
    CHECK (general_initiates IS NOT NULL OR (
        general_internet_fqdn IS NULL AND general_installation_account IS NULL AND general_forest IS NULL
        AND general_domain IS NULL))
) STRICT;

CREATE INDEX server_by_site ON server (site, key);
CREATE INDEX server_by_proxy ON server (proxy_key, key) WHERE proxy_key IS NOT NULL;
CREATE INDEX server_short ON server (key) WHERE instr(key, '.') = 0;
CREATE INDEX server_pending ON server (key) WHERE pending = 1;
CREATE INDEX server_with_errors ON server (key) WHERE errors > 0;

CREATE TABLE role (
    server INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    key TEXT NOT NULL CHECK (key NOT GLOB '*[A-Z]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND lower(name) = key),
    intended INTEGER NOT NULL CHECK (intended IN (0, 1)),
    details TEXT CHECK (details IS NULL OR json_valid(details)),
    seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
    seen_details TEXT CHECK (seen_details IS NULL OR json_valid(seen_details)),
    CHECK (json_extract(details, '$.httpPort') IS NULL OR json_extract(details, '$.httpPort') BETWEEN 1 AND 65535),
    CHECK (json_extract(details, '$.httpsPort') IS NULL OR json_extract(details, '$.httpsPort') BETWEEN 1 AND 65535),
    CHECK (intended = 1 OR seen = 1),
    PRIMARY KEY (server, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX role_by_key ON role (key, server) WHERE intended = 1;

-- Findings on what is stored. Those of a rule are derived; those of an import stand for what it left out.
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
    field TEXT,
    message TEXT NOT NULL,
    -- The field's group, empty when the finding is about the record: what is told again takes its findings along.
    field_group TEXT NOT NULL,
    left_out INTEGER NOT NULL CHECK (left_out IN (0, 1)),
    file TEXT,
    line INTEGER,
    col INTEGER
) STRICT;

CREATE INDEX finding_by_key ON finding (entity, key);
CREATE INDEX finding_by_severity ON finding (severity);

-- Substring search over server names.
CREATE VIRTUAL TABLE server_name USING fts5 (
    key, content = 'server', content_rowid = 'id', tokenize = 'trigram', columnsize = 0);

CREATE TRIGGER server_name_added AFTER INSERT ON server
BEGIN INSERT INTO server_name (rowid, key) VALUES (new.id, new.key); END;
CREATE TRIGGER server_name_removed AFTER DELETE ON server
BEGIN INSERT INTO server_name (server_name, rowid, key) VALUES ('delete', old.id, old.key); END;
