"""What an auditor says of the template and the program once their own part of an audit is finished."""
