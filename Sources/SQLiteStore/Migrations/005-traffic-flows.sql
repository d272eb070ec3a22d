-- Traffic flows as they come out, derived by the writer from what is stored. A flow belongs to the server whose role
-- brings it about; server_key is empty where the site does.
CREATE TABLE flow (
    server_key TEXT NOT NULL,
    site TEXT NOT NULL,
    flow TEXT NOT NULL,
    from_key TEXT NOT NULL,
    server_name TEXT,
    -- Null where nobody told which computer connects; from_key is empty then.
    from_name TEXT,
    route TEXT NOT NULL CHECK (route IN ('proxy', 'direct', 'elsewhere', 'none', 'unknown')),
    proxy_key TEXT,
    proxy_server TEXT,
    proxy_port INTEGER,
    identity TEXT,
    -- Codes of reasons, and places, separated by blanks or line breaks: read as a whole, never searched.
    because TEXT NOT NULL,
    either TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (server_key, site, flow, from_key),
    CHECK ((route = 'proxy') = (proxy_key IS NOT NULL)),
    CHECK ((proxy_key IS NULL) = (proxy_server IS NULL)),
    CHECK ((proxy_key IS NULL) = (proxy_port IS NULL))
) STRICT, WITHOUT ROWID;

-- Each is followed by the primary key, which is the order of the pages.
CREATE INDEX flow_by_site ON flow (site);
CREATE INDEX flow_by_id ON flow (flow);
CREATE INDEX flow_by_route ON flow (route);
CREATE INDEX flow_by_identity ON flow (identity) WHERE identity IS NOT NULL;
CREATE INDEX flow_by_proxy ON flow (proxy_key) WHERE proxy_key IS NOT NULL;
CREATE INDEX flow_by_from ON flow (from_key);

-- How many flows there are of each kind, so that no page counts.
CREATE TABLE flow_count (
    -- Empty for all sites together.
    site TEXT NOT NULL,
    flow TEXT NOT NULL,
    route TEXT NOT NULL,
    identity TEXT NOT NULL,
    proxy_key TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (site, flow, route, identity, proxy_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX flow_count_by_proxy ON flow_count (site, proxy_key) WHERE proxy_key <> '';

-- Whose site server a computer is, and which sites have connectors, is asked at each save.
CREATE INDEX site_by_server ON site (lower(site_server)) WHERE site_server IS NOT NULL;
CREATE INDEX site_with_connectors ON site (code) WHERE exchange_connectors <> '[]';

-- What the software update points of a site have in common, for the rules that compare them.
CREATE TABLE flow_point (
    server_key TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    adr_option TEXT NOT NULL CHECK (adr_option IN ('on', 'off', 'not told'))
) STRICT, WITHOUT ROWID;

CREATE INDEX flow_point_by_option ON flow_point (site, adr_option);

-- What the flows of a site were resolved from beside its servers: where it is the same, they need no second look.
CREATE TABLE flow_site (
    site TEXT PRIMARY KEY,
    hierarchy_mark TEXT NOT NULL,
    points_mark TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The flows that a form's change set changed: the first of them as JSON, and how many there were.
CREATE TABLE flow_change (
    change_set INTEGER NOT NULL REFERENCES change_set (number),
    ordinal INTEGER NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    PRIMARY KEY (change_set, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_change_count (
    change_set INTEGER PRIMARY KEY REFERENCES change_set (number),
    number INTEGER NOT NULL CHECK (number > 0)
) STRICT;
