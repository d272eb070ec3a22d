-- Holds its one row while what the folder holds is the sample hierarchy.
CREATE TABLE sample_data (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
