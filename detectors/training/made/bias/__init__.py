"""Own-made texts that judge people by a group, beside ones that do not."""
