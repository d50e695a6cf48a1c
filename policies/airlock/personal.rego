# METADATA
# title: Personal data
# description: |
#   On its way to a model it becomes pseudonyms, or what data says for its kind; from a model it passes and is recorded.
#   Where a pseudonym can't be written (an object's key), the call is blocked. A use case can refuse cards altogether. A tool needs the real
#   values: a server that is the operator's own gets them, another one where the use case says so.
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
#   - data.use_cases: schema.use_cases
package airlock.personal

import data.airlock.labels
import data.airlock.subjects

# METADATA
# title: What the document is about leaves for the upstream
leaving if input.stage == "request"

# The result of a tool goes to the model, but from a server that is called directly it comes to the client.
leaving if {
	input.stage == "tool_result"
	input.request.dialect != "mcp"
}

# METADATA
# title: ... which must not know persons
outbound if {
	leaving
	not trusted_server
}

trusted_server if {
	input.request.dialect == "mcp"
	input.upstream.hosting == "self"
}

trusted_server if {
	input.request.dialect == "mcp"
	some pattern in subjects.use_case.real_values
	glob.match(pattern, null, input.request.model)
}

# METADATA
# title: What may become of a kind of personal data
strategies := {"pseudonym", "surrogate", "mask", "hash", "drop", "block"}

scopes := {"request", "conversation", "use_case", "tenant"}

# METADATA
# title: A card number, where the use case refuses them
# description: Only an absent or false `block_cards` lets cards through, so a mistyped value is strict.
# custom:
#   error_id: card.detected
reasons contains {
	"code": "card.detected",
	"action": "block",
	"source": "airlock.personal",
	"message": $"A card number was found; the use case {input.subject.use_case} refuses them.",
} if {
	some detection in input.detections
	detection.label in data.labels.card
	detection.score >= labels.threshold(detection.label)
	object.get(subjects.use_case, "block_cards", false) != false
}

# METADATA
# title: Personal data where no pseudonym can be written
# custom:
#   error_id: pseudonyms.unmaskable
reasons contains {
	"code": "pseudonyms.unmaskable",
	"action": "block",
	"source": "airlock.personal",
	"message": $"Personal data ({detection.label}) was found in an object's key, which can't be rewritten.",
} if {
	outbound
	some detection in input.detections
	least := found[detection.label]
	some place, score in detection.slots
	endswith(place, ".key")
	score >= least
}

# METADATA
# title: Personal data of a kind that must not leave
# description: In signed text it came from the upstream; `block_sealed` is for that.
# custom:
#   error_id: personal.blocked
reasons contains {
	"code": "personal.blocked",
	"action": "block",
	"source": "airlock.personal",
	"message": $"Personal data ({detection.label}) was found; the use case {input.subject.use_case} refuses it.",
} if {
	outbound
	some detection in input.detections
	least := found[detection.label]
	strategy(detection.label) == "block"
	some place, score in detection.slots
	not endswith(place, ".sealed")
	score >= least
}

# METADATA
# title: Data says something unknown about a kind of personal data
# custom:
#   error_id: personal.strategy_unknown
reasons contains {
	"code": "personal.strategy_unknown",
	"action": "block",
	"source": "airlock.personal",
	"message": $"The strategy of the use case {input.subject.use_case} for personal data ({label}) is unknown.",
} if {
	outbound
	subjects.use_case
	some label, _ in found
	not known(label)
}

# METADATA
# title: Personal data under a signature, where the use case refuses it
# description: |
#   What a model has written under a signature, such as its thinking, goes back to it as it came. Values that came from
#   here are pseudonyms there, so what is found is the model's own. A mistyped `block_sealed` is strict.
# custom:
#   error_id: personal.sealed
reasons contains {
	"code": "personal.sealed",
	"action": "block",
	"source": "airlock.personal",
	"message": $"Personal data ({detection.label}) was found in signed text, which can't be rewritten.",
} if {
	outbound
	some detection in input.detections
	least := found[detection.label]
	some place, score in detection.slots
	endswith(place, ".sealed")
	score >= least
	object.get(subjects.use_case, "block_sealed", false) != false
}

# METADATA
# title: Personal data was found
# custom:
#   error_id: personal.detected
reasons contains {
	"code": "personal.detected",
	"action": "allow",
	"source": "airlock.personal",
	"message": $"Personal data was found ({label}).",
} if {
	some label, _ in found
}

obligations contains object.union({"type": "pseudonymise", "labels": found, "scope": scope}, told) if {
	outbound
	count(found) > 0
}

# METADATA
# title: No document becomes a text, where the use case wants them whole or not at all
# description: Only an absent `documents`, or `replace`, lets it, so a mistyped value is strict.
obligations contains {"type": "keep_documents"} if {
	outbound
	count(found) > 0
	object.get(subjects.use_case, "documents", "replace") != "replace"
}

default told := {}

told := {"strategies": replaced_otherwise} if count(replaced_otherwise) > 0

# What is blocked leaves only under a signature, where nothing is replaced.
replaced_otherwise[label] := name if {
	some label, _ in found
	name := strategy(label)
	not name in {"pseudonym", "block"}
}

# METADATA
# title: What becomes of the values of a label
# description: |
#   The use case's word on the label counts before its word on all, and both before what is said for all use cases.
strategy(label) := object.get(own, label, object.get(own, "*", object.get(shared, label, last))) if {
	last := object.get(shared, "*", "pseudonym")
}

known(label) if strategy(label) in strategies

own := object.get(subjects.use_case, "strategies", {})

shared := object.get(data.labels, "strategies", {})

# METADATA
# title: Labels of personal data at or over their thresholds, with these
found[detection.label] := least if {
	some detection in input.detections
	labels.personal(detection.label)
	least := labels.threshold(detection.label)
	detection.score >= least
}

default scope := "use_case"

scope := subjects.use_case.pseudonym_scope if subjects.use_case.pseudonym_scope in scopes
