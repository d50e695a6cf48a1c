"""The Model Context Protocol over streamable HTTP, https://modelcontextprotocol.io/specification."""
