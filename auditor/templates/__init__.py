"""Audit templates as people write them: reading, checking, choosing a variant and evaluating conditions.

Enter through `masters` (read and check a file), `variants` (resolve one variant), `expressions` (CEL), `relevance`
(which sections are for a case), `timescales` and `consistency` (what came of the rules; they judge `sight.Inputs`).
"""
