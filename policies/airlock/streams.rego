# METADATA
# title: Streamed replies
# description: |
#   `window` releases what detectors have cleared, `hold` waits for the whole reply, `observe` only looks.
# schemas:
#   - input: schema.input
package airlock.streams

import data.airlock.subjects

modes := {"window", "hold", "observe"}

obligations contains {"type": "stream", "mode": mode} if input.request.stream

mode := chosen if {
	chosen := object.get(subjects.use_case, "stream", "window")
	chosen in modes
} else := "hold"
