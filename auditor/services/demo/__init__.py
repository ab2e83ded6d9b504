"""The sample workspace: invented people, cases and answers, recorded through the same acts that people use."""
