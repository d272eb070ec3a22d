-- What is told of a site's clients, each group as one JSON object of its fields; null where nobody told any of them.
ALTER TABLE site ADD COLUMN client_ports TEXT CHECK (client_ports IS NULL OR (
    json_valid(client_ports)
    AND ifnull(json_extract(client_ports, '$.clientHTTPPort'), 1) BETWEEN 1 AND 65535
    AND ifnull(json_extract(client_ports, '$.clientHTTPSPort'), 1) BETWEEN 1 AND 65535
    AND ifnull(json_extract(client_ports, '$.clientNotificationPort'), 1) BETWEEN 1 AND 65535
    AND ifnull(json_extract(client_ports, '$.wakeOnLANPort'), 1) BETWEEN 1 AND 65535));
-- How the site's clients reach the internet.
ALTER TABLE site ADD COLUMN clients TEXT CHECK (clients IS NULL OR (
    json_valid(clients)
    AND ifnull(json_extract(clients, '$.winHTTPPort'), 1) BETWEEN 1 AND 65535
    AND ifnull(json_extract(clients, '$.systemPort'), 1) BETWEEN 1 AND 65535));

-- The few sites of which something is told are judged again when their servers change.
CREATE INDEX site_with_clients ON site (code) WHERE clients IS NOT NULL;
CREATE INDEX role_with_cache ON role (server)
    WHERE intended = 1 AND instr(details, '"connectedCache":true') > 0;
