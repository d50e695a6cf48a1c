package airlock.subjects_test

import data.airlock.fixtures_test as fixtures
import data.airlock.subjects

tenants := {"acme": {"use_cases": ["chat"]}, "all": {"use_cases": ["*"]}}

use_cases := {"chat": {"models": ["*"]}, "code": {"models": ["*"]}, "broken": "any"}

reasons(tenant, use_case) := result if {
	document := object.union(fixtures.clean, {"subject": {"tenant": tenant, "use_case": use_case}})
	result := subjects.reasons with input as document with data.tenants as tenants with data.use_cases as use_cases
}

test_listed_use_case_passes if count(reasons("acme", "chat")) == 0

test_star_stands_for_every_known_use_case if count(reasons("all", "code")) == 0

test_others_are_blocked if {
	every pair in [["acme", "code"], ["all", "unknown"], ["all", "broken"], ["unknown", "chat"], ["", ""], ["acme", "*"]] {
		fixtures.codes(reasons(pair[0], pair[1])) == {"subject.unknown_use_case"}
	}
}
