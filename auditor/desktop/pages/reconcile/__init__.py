"""Reconcile: two auditors' answers side by side, one agreed answer with its reason, then the sign-off."""
