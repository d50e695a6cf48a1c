package airlock.models_test

import data.airlock.fixtures_test as fixtures
import data.airlock.models

blocked(patterns, model) if blocked_behind(patterns, model, model)

blocked_behind(patterns, asked, served) if {
	document := object.union(fixtures.clean, {"request": {"model": asked}, "upstream": {"model": served}})
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

test_alias_or_the_model_behind_it_may_be_listed if {
	not blocked_behind(["fast"], "fast", "gpt-4.1")
	not blocked_behind(["gpt-*"], "fast", "gpt-4.1")
	blocked_behind(["gpt-*"], "fast", "llama")
	blocked_behind(["fast"], "gpt-4.1", "gpt-4.1")
}

test_older_records_have_no_model_behind_the_name if {
	document := json.remove(fixtures.clean, ["upstream/model"])
	count(models.reasons) == 0 with input as document with data.use_cases as {"default": {"models": ["gpt-4.1"]}}
}

test_unknown_use_case_is_left_to_its_own_rule if {
	document := object.union(fixtures.clean, {"subject": {"use_case": "unknown"}})
	count(models.reasons) == 0 with input as document
}
