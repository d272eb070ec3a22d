// Tests of XMLExchange.
