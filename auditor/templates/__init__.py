"""Audit templates as people write them: reading, checking, choosing a variant and evaluating conditions.

Enter through `masters` (read and check a file), `variants` (resolve one variant) and `expressions` (CEL).
"""
