-- Which servers are software update points, by site: a save concerns those of its site, and must not look at all others.
CREATE TABLE software_update_point (
    site TEXT NOT NULL,
    server INTEGER NOT NULL UNIQUE REFERENCES server (id) ON DELETE CASCADE,
    PRIMARY KEY (site, server)
) STRICT, WITHOUT ROWID;

INSERT INTO software_update_point (site, server)
    SELECT server.site, server.id FROM role JOIN server ON server.id = role.server
    WHERE role.key = 'sms software update point' AND role.intended = 1;

CREATE TRIGGER software_update_point_added AFTER INSERT ON role
WHEN new.key = 'sms software update point' AND new.intended = 1
BEGIN INSERT OR IGNORE INTO software_update_point (site, server) SELECT site, id FROM server WHERE id = new.server; END;

CREATE TRIGGER software_update_point_removed AFTER DELETE ON role WHEN old.key = 'sms software update point'
BEGIN DELETE FROM software_update_point WHERE server = old.server; END;

CREATE TRIGGER software_update_point_changed AFTER UPDATE OF intended ON role
WHEN new.key = 'sms software update point' AND new.intended <> old.intended
BEGIN
    DELETE FROM software_update_point WHERE server = new.server;
    INSERT INTO software_update_point (site, server)
        SELECT site, id FROM server WHERE id = new.server AND new.intended = 1;
END;

CREATE TRIGGER software_update_point_moved AFTER UPDATE OF site ON server WHEN new.site <> old.site
BEGIN UPDATE software_update_point SET site = new.site WHERE server = new.id; END;
