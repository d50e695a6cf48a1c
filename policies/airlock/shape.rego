# METADATA
# title: Shape of the input and the data
# description: |
#   What the other rules read has its type, so that a missing or hostile field can't silence them. Rego compares values
#   of any types (every string is greater than every number), which is why each number is checked to be one.
#   Volatile fields (`time`, `usage`, `request.tokens_estimated`) are left alone: a policy that doesn't read them lets
#   the engine remember decisions.
# schemas:
#   - input: schema.input
#   - data.tenants: schema.tenants
#   - data.use_cases: schema.use_cases
#   - data.labels: schema.labels
#   - data.profiles: schema.profiles
package airlock.shape

stages := {"request", "response", "tool_definition", "tool_call", "tool_result", "image"}

argument_states := {"none", "unchecked", "valid", "invalid", "malformed"}

input_valid if {
	input.api_version == "airlock/v1"
	input.stage in stages
	is_string(input.subject.tenant)
	is_string(input.subject.use_case)
	is_string(input.request.dialect)
	is_string(input.upstream.region)
	is_string(input.upstream.hosting)
	is_string(input.request.model)
	is_boolean(input.request.stream)
	is_array(input.request.tools)
	is_array(input.tools)
	is_array(input.detections)
	is_array(input.coverage.reports)
	is_array(input.coverage.unscanned)
	every detection in input.detections {
		is_string(detection.detector)
		is_string(detection.label)
		is_number(detection.score)
		is_object(detection.slots)
		every place, score in detection.slots {
			is_string(place)
			is_number(score)
		}
	}
	every report in input.coverage.reports {
		is_string(report.detector)
		is_string(report.status)
	}
	every part in input.coverage.unscanned {
		is_string(part.reason)
	}
	every tool in input.tools {
		is_string(tool.name)
		tool.arguments in argument_states
	}
}

data_valid if {
	is_object(data.tenants)
	is_object(data.use_cases)
	is_object(data.profiles)
	is_object(data.labels.personal)
	is_object(data.labels.classifiers)
	is_object(data.labels.axes)
	is_array(data.labels.card)
	is_array(data.labels.neutral)
	is_number(data.labels.default_threshold)
	is_string(data.labels.secret_prefix)
	is_number(data.labels.secret_threshold)
}
