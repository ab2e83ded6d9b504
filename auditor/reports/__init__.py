"""Documents made from findings: pure rows here, their looks beside them, nothing that reads the workspace."""
