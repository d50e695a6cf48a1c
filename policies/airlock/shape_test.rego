package airlock.shape_test

import data.airlock.fixtures_test as fixtures
import data.airlock.shape

test_whole_document_is_valid if {
	document := fixtures.with_detections([fixtures.found("EMAIL_ADDRESS", {"user.text": 1000000})])
	shape.input_valid with input as document
}

test_document_about_tools_is_valid if {
	every state in shape.argument_states {
		document := object.union(fixtures.clean, {"stage": "tool_call", "tools": [{"name": "mail", "arguments": state}]})
		shape.input_valid with input as document
	}
}

test_every_missing_part_is_noticed if {
	every path in {
		"api_version", "stage", "subject/tenant", "subject/use_case", "upstream/region", "upstream/hosting",
		"request/dialect", "request/model", "request/stream", "request/tools", "tools",
		"detections", "coverage/reports", "coverage/unscanned",
	} {
		document := json.remove(fixtures.clean, [path])
		not shape.input_valid with input as document
	}
}

test_hostile_values_are_noticed if {
	every change in [
		{"stage": "someday"},
		{"subject": "admin"},
		{"upstream": {"region": null}},
		{"upstream": {"hosting": ["self"]}},
		{"request": {"stream": "true"}},
		{"detections": "none"},
		{"detections": {"a": fixtures.found("EMAIL_ADDRESS", {"a": 1})}},
		{"detections": [object.union(fixtures.found("EMAIL_ADDRESS", {"a": 1}), {"detector": 1})]},
		{"detections": [object.union(fixtures.found("EMAIL_ADDRESS", {"a": 1}), {"label": 1})]},
		{"detections": [object.remove(fixtures.found("EMAIL_ADDRESS", {"a": 1}), ["label"])]},
		{"detections": ["none"]},
		{"detections": [object.union(fixtures.found("EMAIL_ADDRESS", {"a": 1}), {"score": "1"})]},
		{"detections": [object.remove(fixtures.found("EMAIL_ADDRESS", {"a": 1}), ["slots"])]},
		{"detections": [object.union(fixtures.found("EMAIL_ADDRESS", {"a": 1}), {"slots": {"b.key": "0"}})]},
		{"coverage": {"reports": {"pii": {"detector": "pii", "status": "ok"}}}},
		{"coverage": {"reports": [{"detector": 1, "status": "ok"}]}},
		{"coverage": {"unscanned": {"a": {"reason": "too_long"}}}},
		{"coverage": {"reports": [{"detector": "pii", "status": true}]}},
		{"coverage": {"unscanned": [{"reason": 7}]}},
		{"tools": "none"},
		{"tools": {"a": {"name": "mail", "arguments": "none"}}},
		{"tools": [{"name": 1, "arguments": "none"}]},
		{"tools": [{"name": "mail"}]},
		{"tools": [{"name": "mail", "arguments": "{}"}]},
		{"tools": ["mail"]},
		{"request": {"tools": "mail"}},
	] {
		document := object.union(fixtures.clean, change)
		not shape.input_valid with input as document
	}
}

test_shipped_data_is_valid if shape.data_valid

test_data_of_the_wrong_type_is_noticed if {
	every change in [
		{"personal": []}, {"card": "CREDIT_CARD"}, {"neutral": null}, {"default_threshold": "0"},
		{"secret_prefix": 1}, {"secret_threshold": "0"}, {"classifiers": ["hate"]}, {"axes": null},
	] {
		labels := object.union(fixtures.labels, change)
		not shape.data_valid with data.labels as labels
	}
}

test_tenants_use_cases_and_profiles_of_the_wrong_type_are_noticed if {
	not shape.data_valid with data.tenants as []
	not shape.data_valid with data.use_cases as "all"
	not shape.data_valid with data.profiles as ["observe"]
}
