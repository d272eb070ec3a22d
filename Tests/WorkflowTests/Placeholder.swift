// Tests of Workflow.
