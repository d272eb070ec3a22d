// Tests of Manual.
