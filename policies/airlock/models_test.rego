package airlock.models_test

import data.airlock.fixtures_test as fixtures
import data.airlock.models

blocked(patterns, model) if {
	document := object.union(fixtures.clean, {"request": {"model": model}})
	reasons := models.reasons with input as document with data.use_cases as {"default": {"models": patterns}}
	fixtures.codes(reasons) == {"model.not_allowed"}
}

test_listed_models_pass if {
	every pair in [
		[["*"], "anything/at.all"], [["gpt-4.1"], "gpt-4.1"], [["gpt-*"], "gpt-4.1-mini"],
		[["claude-*-latest"], "claude-opus-latest"], [["none", "meta/*"], "meta/llama/4"],
	] {
		not blocked(pair[0], pair[1])
	}
}

test_others_are_blocked if {
	every pair in [
		[[], "gpt-4.1"], [["gpt-4.1"], "gpt-4.1-mini"], [["gpt-*"], "my-gpt-4"], [["gpt-*"], ""],
		["gpt-4.1", "gpt-4.1"], [[4], "4"],
	] {
		blocked(pair[0], pair[1])
	}
}

test_unknown_use_case_is_left_to_its_own_rule if {
	document := object.union(fixtures.clean, {"subject": {"use_case": "unknown"}})
	count(models.reasons) == 0 with input as document
}
