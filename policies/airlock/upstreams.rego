# METADATA
# title: Where a use case's calls may go
# description: |
#   A use case can name the regions and the kinds of hosting that its calls may go to, and those that calls with personal
#   data may go to, pseudonyms or not. A list that is absent allows all; a list of the wrong type allows nothing. The
#   gateway asks for every upstream that a call may go to, so a fallback can't lead out of a region.
# schemas:
#   - input: schema.input
package airlock.upstreams

import data.airlock.personal
import data.airlock.subjects

# METADATA
# title: The upstream's region is not on the use case's list
# custom:
#   error_id: region.not_allowed
reasons contains {
	"code": "region.not_allowed",
	"action": "block",
	"source": "airlock.upstreams",
	"message": $"Calls of the use case {input.subject.use_case} may not go to this upstream's region.",
} if {
	regions := subjects.use_case.regions
	not listed(regions, input.upstream.region)
}

# METADATA
# title: The upstream's hosting is not on the use case's list
# custom:
#   error_id: hosting.not_allowed
reasons contains {
	"code": "hosting.not_allowed",
	"action": "block",
	"source": "airlock.upstreams",
	"message": $"Calls of the use case {input.subject.use_case} may not go to an upstream hosted in this way.",
} if {
	hosting := subjects.use_case.hosting
	not input.upstream.hosting in hosting
}

# METADATA
# title: Personal data would go to an upstream that is not for it
# description: What the model would see are pseudonyms; this is for texts that must not leave even so.
# custom:
#   error_id: personal.hosting_not_allowed
reasons contains {
	"code": "personal.hosting_not_allowed",
	"action": "block",
	"source": "airlock.upstreams",
	"message": $"Personal data of the use case {input.subject.use_case} may not go to an upstream hosted in this way.",
} if {
	personal.leaving
	count(personal.found) > 0
	hosting := subjects.use_case.personal_hosting
	not input.upstream.hosting in hosting
}

listed(patterns, name) if {
	some pattern in patterns
	glob.match(pattern, null, name)
}
