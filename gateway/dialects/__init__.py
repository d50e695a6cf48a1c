"""Wire formats: the only place that knows how a vendor's JSON is laid out."""
