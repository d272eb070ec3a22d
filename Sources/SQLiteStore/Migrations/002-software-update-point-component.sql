-- The software update point component of each site: what it is meant to be, and what the site was last seen to have.
-- Every field can be untold by itself, so each state is one JSON object of the fields.
CREATE TABLE component (
    site TEXT PRIMARY KEY REFERENCES site (code) ON DELETE CASCADE,
    revision INTEGER NOT NULL REFERENCES change (number),
    intended TEXT NOT NULL CHECK (json_valid(intended)),
    -- Null together: never seen.
    seen TEXT CHECK (seen IS NULL OR json_valid(seen)),
    seen_set INTEGER REFERENCES change_set (number),
    CHECK (json_extract(intended, '$.upstreamPort') IS NULL OR json_extract(intended, '$.upstreamPort') BETWEEN 1 AND 65535),
    CHECK (json_extract(seen, '$.upstreamPort') IS NULL OR json_extract(seen, '$.upstreamPort') BETWEEN 1 AND 65535),
    CHECK ((seen IS NULL) = (seen_set IS NULL))
) STRICT, WITHOUT ROWID;
