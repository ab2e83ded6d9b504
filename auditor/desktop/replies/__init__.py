"""Right of reply beside a signed-off audit, wherever an audit is opened: the drawer and its forms."""
