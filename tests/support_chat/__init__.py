"""A support chat of ten turns: what the customer says, a model that knows only what it was sent, apps on two SDKs."""
