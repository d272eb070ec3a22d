// Tests of Web.
