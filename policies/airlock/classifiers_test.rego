package airlock.classifiers_test

import data.airlock.classifiers
import data.airlock.fixtures_test as fixtures

rule := {
	"threshold": 500000,
	"user": "record", "system": "ignore", "model": "block",
	"tool_call": "flag", "tool_result": "review", "tool_definition": "block",
}

profiles := {"strict": {"hate": rule, "bias": rule, "jailbreak": object.union(rule, {"user": "block"})}}

answer(detections, change) := {
	"reasons": reasons,
	"shadow": shadow,
	"obligations": obligations,
} if {
	document := object.union(fixtures.with_detections(detections), object.get(change, "input", {}))
	use_cases := {"default": object.get(change, "use_case", {"profile": "strict"})}
	known := object.get(change, "profiles", profiles)
	reasons := classifiers.reasons with input as document with data.labels as fixtures.labels
		with data.profiles as known with data.use_cases as use_cases
	shadow := classifiers.shadow_reasons with input as document with data.labels as fixtures.labels
		with data.profiles as known with data.use_cases as use_cases
	obligations := classifiers.obligations with input as document with data.labels as fixtures.labels
		with data.profiles as known with data.use_cases as use_cases
}

# Actions and codes of what counts when this label is found in this place at this stage.
said(label, stage, place) := {[reason.code, reason.action] | some reason in found.reasons} if {
	found := answer([fixtures.found(label, {place: 500000})], {"input": {"stage": stage}})
}

test_whose_words_they_are_decides if {
	said("hate", "request", "user.text") == {["toxicity.detected", "allow"]}
	said("hate", "response", "assistant.text") == {["toxicity.detected", "block"]}
	said("hate", "request", "tool.text") == {["toxicity.detected", "review"]}
	said("hate", "request", "system.text") == set()
	said("hate", "request", "assistant.text") == set()
	said("jailbreak", "request", "user.text") == {["injection.detected", "block"]}
	said("bias", "response", "assistant.text") == {["bias.detected", "block"]}
}

test_below_its_threshold_nothing_counts if {
	found := answer([fixtures.found("hate", {"assistant.text": 499999})], {"input": {"stage": "response"}})
	found == {"reasons": set(), "shadow": set(), "obligations": set()}
}

test_each_place_counts_by_its_own_score if {
	found := answer([fixtures.found("hate", {"tool.text": 499999, "user.text": 900000})], {})
	{reason.action | some reason in found.reasons} == {"allow"}
}

test_a_flag_is_a_reason_that_would_have_blocked if {
	found := answer([fixtures.found("hate", {"assistant.arguments": 900000})], {"input": {"stage": "tool_call"}})
	count(found.reasons) == 0
	fixtures.codes(found.shadow) == {"toxicity.detected"}
	{reason.action | some reason in found.shadow} == {"block"}
}

test_a_message_names_the_label_and_whose_words_they_are if {
	found := answer([fixtures.found("hate", {"user.text": 500000})], {})
	{reason.message | some reason in found.reasons} == {"Toxic language was found in what the user says (hate)."}
}

test_axes_say_what_a_bias_is_about if {
	detections := [
		fixtures.found("bias", {"user.text": 500000}),
		fixtures.found("race", {"user.text": 500000, "tool.text": 1}),
		fixtures.found("gender", {"user.text": 500000}),
	]
	found := answer(detections, {})
	{reason.message | some reason in found.reasons} == {"Bias was found in what the user says (bias: gender, race)."}
}

test_an_axis_elsewhere_or_too_low_says_nothing if {
	every slots in [{"tool.text": 900000}, {"user.text": 499999}] {
		found := answer([fixtures.found("bias", {"user.text": 500000}), fixtures.found("gender", slots)], {})
		{reason.message | some reason in found.reasons} == {"Bias was found in what the user says (bias)."}
	}
}

test_an_axis_alone_is_nothing if {
	found := answer([fixtures.found("gender", {"user.text": 1000000})], {})
	found == {"reasons": set(), "shadow": set(), "obligations": set()}
}

test_an_axis_says_nothing_of_hate if {
	found := answer([fixtures.found("hate", {"user.text": 500000}), fixtures.found("race", {"user.text": 900000})], {})
	{reason.message | some reason in found.reasons} == {"Toxic language was found in what the user says (hate)."}
}

test_labels_that_count_are_told_with_their_thresholds if {
	detections := [
		fixtures.found("hate", {"user.text": 500000}),
		fixtures.found("bias", {"system.text": 900000}),
		fixtures.found("jailbreak", {"user.text": 499999}),
	]
	answer(detections, {}).obligations == {{"type": "flag", "labels": {"hate": 500000}}}
}

test_personal_data_is_none_of_this if {
	found := answer([fixtures.found("EMAIL_ADDRESS", {"user.text": 1000000})], {})
	found == {"reasons": set(), "shadow": set(), "obligations": set()}
}

test_an_unknown_profile_blocks_every_call if {
	every name in ["nobody", "", null, 4] {
		fixtures.codes(answer([], {"use_case": {"profile": name}}).reasons) == {"profile.unknown"}
	}
	fixtures.codes(answer([], {"profiles": {"strict": "all"}}).reasons) == {"profile.unknown"}
}

test_without_a_name_it_is_the_one_for_customers if {
	count(answer([], {"use_case": {}, "profiles": {"customer_facing": {}}}).reasons) == 0
	fixtures.codes(answer([], {"use_case": {}}).reasons) == {"profile.unknown"}
}

test_a_label_without_a_rule_blocks if {
	every broken in [
		{}, {"hate": "block"}, {"hate": object.remove(rule, ["threshold"])}, {"hate": object.remove(rule, ["model"])},
		{"hate": object.union(rule, {"threshold": "0"})}, {"hate": object.union(rule, {"user": "allow"})},
	] {
		found := answer([fixtures.found("hate", {"user.text": 0})], {"profiles": {"strict": broken}})
		fixtures.codes(found.reasons) == {"profile.incomplete"}
	}
}

test_a_label_of_an_unknown_family_blocks if {
	document := fixtures.with_detections([fixtures.found("hate", {"user.text": 0})])
	reasons := classifiers.reasons with input as document with data.profiles as profiles
		with data.use_cases as {"default": {"profile": "strict"}}
		with data.labels as object.union(fixtures.labels, {"classifiers": {"hate": "anger"}})
	fixtures.codes(reasons) == {"profile.incomplete"}
}

test_an_unknown_use_case_is_left_to_its_own_rule if {
	change := {"input": {"subject": {"use_case": "unknown"}}}
	count(answer([fixtures.found("PERSON", {"user.text": 1})], change).reasons) == 0
}
