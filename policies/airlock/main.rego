# METADATA
# title: The decision
# description: |
#   Gathers what the rules say. The strictest action wins; a document or data that the rules can't read is a block.
# schemas:
#   - input: schema.input
package airlock.main

import data.airlock.classifiers
import data.airlock.coverage
import data.airlock.models
import data.airlock.personal
import data.airlock.secrets
import data.airlock.shape
import data.airlock.streams
import data.airlock.subjects
import data.airlock.tools
import data.airlock.upstreams

# METADATA
# title: What happens to the call
# description: Blocks unless the document and the data have their shape and no rule objects.
# entrypoint: true
default decision := {
	"action": "block",
	"reasons": [{
		"code": "input.invalid",
		"action": "block",
		"source": "airlock.shape",
		"message": "The policy input lacks a field or has one of the wrong type.",
	}],
	"obligations": [],
	"shadow_reasons": [],
}

decision := {
	"action": "block",
	"reasons": [{
		"code": "data.invalid",
		"action": "block",
		"source": "airlock.shape",
		"message": "The policy data lacks a part or has one of the wrong type.",
	}],
	"obligations": [],
	"shadow_reasons": [],
} if {
	not shape.data_valid
} else := {
	"action": action,
	"reasons": [reason | some reason in reasons],
	"obligations": [obligation | some obligation in obligations],
	"shadow_reasons": [reason | some reason in (coverage.shadow_reasons | classifiers.shadow_reasons)],
} if {
	shape.input_valid
}

reasons := union({
	classifiers.reasons,
	coverage.reasons,
	models.reasons,
	personal.reasons,
	secrets.reasons,
	subjects.reasons,
	tools.reasons,
	upstreams.reasons,
})

obligations := union({
	classifiers.obligations,
	coverage.obligations,
	personal.obligations,
	streams.obligations,
	tools.obligations,
})

default action := "allow"

action := "block" if {
	some reason in reasons
	reason.action == "block"
} else := "review" if {
	some reason in reasons
	reason.action == "review"
}
