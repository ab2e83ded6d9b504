"""Actions: the list by status, the life of one action, and the forms that raise one and move it on."""
