# METADATA
# title: Models that a use case may call
# schemas:
#   - input: schema.input
package airlock.models

import data.airlock.subjects

# METADATA
# title: Model not on the use case's list
# description: The message doesn't repeat the model's name, which is the caller's text.
# custom:
#   error_id: model.not_allowed
reasons contains {
	"code": "model.not_allowed",
	"action": "block",
	"source": "airlock.models",
	"message": $"The use case {input.subject.use_case} may not call this model.",
} if {
	subjects.use_case
	not allowed
}

allowed if "*" in subjects.use_case.models

allowed if {
	some name in names
	name in subjects.use_case.models
}

# The name that the app asks for, and the one that the upstream would be asked for: either may be on the list. So a list
# can hold an alias, whatever stands behind it; and an alias leads to no model that is not on a list of models. Records
# from before there were aliases have no second name.
names contains input.request.model

names contains input.upstream.model

# A null delimiter lets `*` cross dots and slashes, as in `gpt-*` for `gpt-4.1` or `meta/*` for `meta/llama/4`.
allowed if {
	some name in names
	some pattern in subjects.use_case.models
	glob.match(pattern, null, name)
}
