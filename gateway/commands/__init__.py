"""The subcommands of airlock, one file a group."""
