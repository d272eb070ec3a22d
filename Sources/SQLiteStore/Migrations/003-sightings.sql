-- When each group of a server was last seen, and when the last export of each site came.

-- A row comes to be with the first import of observations that covers its site.
CREATE TABLE site_export (
    site TEXT PRIMARY KEY REFERENCES site (code) ON DELETE CASCADE,
    export_set INTEGER NOT NULL REFERENCES change_set (number),
    -- The last one with roles: null when none had any.
    roles_set INTEGER REFERENCES change_set (number),
    CHECK (roles_set IS NULL OR roles_set <= export_set)
) STRICT, WITHOUT ROWID;

-- Null: never seen, or seen before these columns were.
ALTER TABLE server ADD COLUMN seen_general_set INTEGER REFERENCES change_set (number);
ALTER TABLE server ADD COLUMN seen_proxy_set INTEGER REFERENCES change_set (number);
ALTER TABLE server ADD COLUMN seen_roles_set INTEGER REFERENCES change_set (number);
-- Derived by the writer: seen once, and not in the last export of its site; and how many of its roles are stale.
ALTER TABLE server ADD COLUMN stale INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1));
ALTER TABLE server ADD COLUMN stale_roles INTEGER NOT NULL DEFAULT 0 CHECK (stale_roles >= 0);

-- Null: a role that was seen was last seen in its server's seen_roles_set, so that roles seen again need no write.
ALTER TABLE role ADD COLUMN earlier_set INTEGER REFERENCES change_set (number);
ALTER TABLE role ADD COLUMN stale INTEGER NOT NULL DEFAULT 0
    CHECK (stale IN (0, 1)) CHECK (stale = 0 OR (seen = 1 AND earlier_set IS NOT NULL));

CREATE INDEX server_stale ON server (key) WHERE stale = 1 OR stale_roles > 0;

-- Every import that covered a site has marked at least one of its servers as seen.
INSERT INTO site_export (site, export_set) SELECT site, max(seen_set) FROM server WHERE seen_set IS NOT NULL GROUP BY site;
UPDATE server SET stale = 1 WHERE seen_set < (SELECT export_set FROM site_export WHERE site_export.site = server.site);
