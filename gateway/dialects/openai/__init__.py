"""OpenAI's formats, and those of the many servers that speak them."""
