/// The tables of a staging file: what was read, then what is planned.
enum StagingSchema {
    static let sql = """
        CREATE TABLE staged_site (
            seq INTEGER PRIMARY KEY, code TEXT, fields TEXT, inferred INTEGER, file TEXT, line INTEGER, col INTEGER);
        CREATE TABLE staged_server (
            seq INTEGER PRIMARY KEY, key TEXT, name TEXT, site TEXT, source INTEGER, general TEXT, proxy TEXT,
            file TEXT, line INTEGER, col INTEGER);
        CREATE TABLE staged_role (
            seq INTEGER PRIMARY KEY, key TEXT, name TEXT, site TEXT, role TEXT, details TEXT,
            file TEXT, line INTEGER, col INTEGER);
        CREATE TABLE staged_cloud (
            site TEXT, name TEXT, file TEXT, line INTEGER, col INTEGER, PRIMARY KEY (site, name)) WITHOUT ROWID;
        CREATE TABLE staged_component (
            seq INTEGER PRIMARY KEY, site TEXT, fields TEXT, file TEXT, line INTEGER, col INTEGER);
        CREATE TABLE staged_category (
            seq INTEGER PRIMARY KEY, kind TEXT, name TEXT, file TEXT, line INTEGER, col INTEGER, UNIQUE (kind, name));
        CREATE TABLE refused (key TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
        CREATE TABLE staged_finding (
            id INTEGER PRIMARY KEY, entity TEXT, key TEXT, name TEXT, code TEXT, severity TEXT, field TEXT, message TEXT,
            file TEXT, line INTEGER, col INTEGER, field_group TEXT, compared INTEGER);
        CREATE TABLE planned_site (
            ordinal INTEGER PRIMARY KEY, base_revision INTEGER, kind TEXT, fields TEXT, before TEXT, after TEXT,
            code TEXT, name TEXT, type TEXT, parent TEXT, site_server TEXT, version TEXT, cloud_distribution_points TEXT,
            exchange_connectors TEXT, client_ports TEXT, clients TEXT);
        CREATE TABLE planned_server (
            ordinal INTEGER PRIMARY KEY, base_revision INTEGER, kind TEXT, fields TEXT, before TEXT, after TEXT,
            errors INTEGER, warnings INTEGER, \(ServerRow.columns));
        CREATE TABLE planned_role (
            server TEXT, \(RoleRow.columns));
        CREATE TABLE planned_component (
            site TEXT PRIMARY KEY, ordinal INTEGER, base_revision INTEGER, base_set INTEGER, kind TEXT, fields TEXT,
            before TEXT, after TEXT, kept INTEGER, intended TEXT, seen TEXT, seen_set INTEGER) WITHOUT ROWID;
        CREATE TABLE planned_finding (
            entity TEXT, key TEXT, name TEXT, code TEXT, severity TEXT, field TEXT, message TEXT,
            file TEXT, line INTEGER, col INTEGER, field_group TEXT, left_out INTEGER);
        CREATE TABLE seen_again (
            key TEXT PRIMARY KEY, name TEXT, base_revision INTEGER, time INTEGER, general INTEGER, proxy INTEGER,
            roles INTEGER, kind TEXT) WITHOUT ROWID;
        CREATE TABLE planned_sighting (server TEXT, role TEXT, earlier_set INTEGER, stale INTEGER);
        CREATE TABLE planned_export (
            site TEXT PRIMARY KEY, base_set INTEGER, has_roles INTEGER) WITHOUT ROWID;
        CREATE TABLE told_group (key TEXT, field_group TEXT, PRIMARY KEY (key, field_group)) WITHOUT ROWID;
        CREATE TABLE planned_mark (
            mark TEXT, key TEXT, name TEXT, document TEXT, entity TEXT DEFAULT 'site system server',
            PRIMARY KEY (mark, key)) WITHOUT ROWID;
        CREATE TABLE listed (id INTEGER PRIMARY KEY, entity TEXT, key TEXT, kind TEXT);
        """

    /// Made when reading has ended: building them then is faster than keeping them while rows arrive in any order.
    static let indexes = """
        CREATE INDEX staged_server_by_key ON staged_server (key, seq);
        CREATE INDEX staged_role_by_key ON staged_role (key, seq);
        CREATE INDEX staged_finding_by_key ON staged_finding (entity, key);
        """
}
