# METADATA
# title: Toxicity, bias, injection
# description: |
#   A use case names a profile: for each label of a classifier, the score from which it counts, and what then happens by
#   whose words they are. An angry customer must be heard and a model must not answer in kind, and an instruction in
#   a tool's result is no user's wish. Axes such as `gender` only say what a bias is about.
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
#   - data.profiles: schema.profiles
#   - data.use_cases: schema.use_cases
package airlock.classifiers

import data.airlock.labels
import data.airlock.origins
import data.airlock.subjects

# What a profile can say: `ignore` nothing, `record` a reason that allows, `flag` a reason that would have blocked.
actions := {"ignore", "record", "flag", "review", "block"}

outcomes := {"record": "allow", "review": "review", "block": "block"}

names := {"toxicity": "Toxic language", "bias": "Bias", "injection": "An injection"}

# METADATA
# title: A classifier's label counts
# description: The code is that of the label's family. The message names the label and whose words they are.
# custom:
#   error_ids: [toxicity.detected, bias.detected, injection.detected]
reasons contains reason(one, outcomes[one.action]) if some one in counted

# METADATA
# title: The use case's profile is unknown
# description: Found by the first call and not by the first attack.
# custom:
#   error_id: profile.unknown
reasons contains {
	"code": "profile.unknown",
	"action": "block",
	"source": "airlock.classifiers",
	"message": $"The profile of the use case {input.subject.use_case} is unknown.",
} if {
	subjects.use_case
	not known_profile
}

# METADATA
# title: The profile says nothing that can be read about a label that was found
# custom:
#   error_id: profile.incomplete
reasons contains {
	"code": "profile.incomplete",
	"action": "block",
	"source": "airlock.classifiers",
	"message": $"The profile has no rule for a label that was found ({detection.label}).",
} if {
	subjects.use_case
	some detection in input.detections
	labels.classified(detection.label)
	not sound(detection.label)
}

shadow_reasons contains reason(one, "block") if {
	some one in counted
	one.action == "flag"
}

# METADATA
# title: Labels that count, with their thresholds
# description: Recorded; the gateway's own moderations answer with them.
obligations contains {"type": "flag", "labels": flagged} if count(flagged) > 0

flagged[one.label] := one.threshold if {
	some one in counted
	one.action != "ignore"
}

# METADATA
# title: Labels at or over their thresholds, by whose words they were found in
counted contains {
	"label": detection.label,
	"family": data.labels.classifiers[detection.label],
	"origin": origin,
	"action": rule[origin],
	"threshold": rule.threshold,
	"about": about(detection.label, place),
} if {
	some detection in input.detections
	labels.classified(detection.label)
	sound(detection.label)
	rule := profile[detection.label]
	some place, score in detection.slots
	score >= rule.threshold
	origin := origins.of(place)
}

reason(one, action) := {
	"code": $"{one.family}.detected",
	"action": action,
	"source": "airlock.classifiers",
	"message": $"{names[one.family]} was found in {origins.words[one.origin]} ({one.label}{one.about}).",
}

profile := data.profiles[object.get(subjects.use_case, "profile", "customer_facing")]

known_profile if is_object(profile)

sound(label) if {
	names[data.labels.classifiers[label]]
	rule := profile[label]
	is_number(rule.threshold)
	every origin, _ in origins.words {
		rule[origin] in actions
	}
}

# The axes of a bias that are found in the same place, as the end of a message.
about(label, place) := $": {concat(", ", axes)}" if {
	data.labels.classifiers[label] == "bias"
	axes := sort({detection.label |
		some detection in input.detections
		detection.slots[place] >= labels.axis_threshold(detection.label)
	})
	count(axes) > 0
} else := ""
