package airlock.upstreams_test

import data.airlock.fixtures_test as fixtures
import data.airlock.upstreams

email := fixtures.found("EMAIL_ADDRESS", {"user.text": 400000})

# The codes for a call of a use case with these data, to an upstream with these facts.
codes(use_case, upstream, change) := fixtures.codes(reasons) if {
	document := object.union(fixtures.clean, object.union(change, {"upstream": upstream}))
	reasons := upstreams.reasons with input as document with data.labels as fixtures.labels
		with data.use_cases as {"default": use_case}
}

test_absent_lists_allow_all if {
	count(codes({}, {"region": "us", "hosting": "cloud"}, {"detections": [email]})) == 0
}

test_listed_regions_pass if {
	every pair in [[["eu"], "eu"], [["us", "eu-*"], "eu-west-1"], [["*"], "anywhere"]] {
		count(codes({"regions": pair[0]}, {"region": pair[1]}, {})) == 0
	}
}

test_other_regions_are_blocked if {
	every pair in [
		[["eu"], "us"], [["eu"], "eu-west-1"], [[], "eu"], [["eu"], "unknown"], ["eu", "eu"], [null, "eu"], [[4], "4"],
	] {
		codes({"regions": pair[0]}, {"region": pair[1]}, {}) == {"region.not_allowed"}
	}
}

test_hosting_is_checked_against_its_list if {
	count(codes({"hosting": ["self", "cloud"]}, {"hosting": "cloud"}, {})) == 0
	every list in [["self"], [], "cloud", null] {
		codes({"hosting": list}, {"hosting": "cloud"}, {}) == {"hosting.not_allowed"}
	}
}

test_personal_data_stays_where_it_may_be if {
	every stage in ["request", "tool_result"] {
		change := {"detections": [email], "stage": stage}
		count(codes({"personal_hosting": ["self"]}, {"hosting": "self"}, change)) == 0
		codes({"personal_hosting": ["self"]}, {"hosting": "cloud"}, change) == {"personal.hosting_not_allowed"}
		codes({"personal_hosting": "cloud"}, {"hosting": "cloud"}, change) == {"personal.hosting_not_allowed"}
	}
}

test_other_calls_may_go_where_personal_data_may_not if {
	below := fixtures.found("EMAIL_ADDRESS", {"user.text": 399999})
	every detections in [[], [below], [fixtures.found("URL", {"user.text": 1000000})]] {
		count(codes({"personal_hosting": ["self"]}, {"hosting": "cloud"}, {"detections": detections})) == 0
	}
}

test_personal_data_in_a_reply_is_there_already if {
	change := {"detections": [email], "stage": "response"}
	count(codes({"personal_hosting": ["self"]}, {"hosting": "cloud"}, change)) == 0
}

test_unknown_use_case_is_left_to_its_own_rule if {
	document := object.union(fixtures.clean, {"subject": {"use_case": "unknown"}})
	count(upstreams.reasons) == 0 with input as document
}
