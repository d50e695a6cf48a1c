package airlock.main_test

import data.airlock.fixtures_test as fixtures
import data.airlock.main

test_clean_call_is_allowed if {
	main.decision == {"action": "allow", "reasons": [], "obligations": [], "shadow_reasons": []} with input as fixtures.clean
}

test_empty_input_is_blocked if {
	decision := main.decision with input as {}
	decision.action == "block"
	fixtures.codes(decision.reasons) == {"input.invalid"}
}

test_broken_data_is_blocked if {
	decision := main.decision with input as fixtures.clean with data.labels as {}
	decision.action == "block"
	fixtures.codes(decision.reasons) == {"data.invalid"}
}

test_one_block_wins_over_all_allows if {
	document := fixtures.with_detections([
		fixtures.found("EMAIL_ADDRESS", {"user.text": 1000000}),
		fixtures.found("SECRET_AWS_KEY", {"user.text": 1000000}),
	])
	decision := main.decision with input as document
	decision.action == "block"
	fixtures.codes(decision.reasons) == {"personal.detected", "secret.detected"}
}

test_review_wins_over_allow if {
	asked := {{"code": "test.review", "action": "review", "source": "test", "message": "Somebody should look."}}
	main.decision.action == "review" with input as fixtures.clean with data.airlock.models.reasons as asked
}

test_reasons_that_allow_leave_the_call_allowed if {
	document := fixtures.with_detections([fixtures.found("EMAIL_ADDRESS", {"user.text": 1000000})])
	main.decision.action == "allow" with input as document
	main.decision.action == "allow" with input as document with data.airlock.models.reasons as set()
}

test_block_wins_over_review if {
	asked := {{"code": "test.review", "action": "review", "source": "test", "message": "Somebody should look."}}
	document := fixtures.with_detections([fixtures.found("SECRET_AWS_KEY", {"user.text": 1000000})])
	main.decision.action == "block" with input as document with data.airlock.models.reasons as asked
}

test_a_reply_that_the_profile_refuses_is_blocked if {
	document := object.union(
		fixtures.with_detections([fixtures.found("hate", {"assistant.text": 1000000})]),
		{"stage": "response"},
	)
	decision := main.decision with input as document
	decision.action == "block"
	fixtures.codes(decision.reasons) == {"toxicity.detected"}
}

test_what_is_only_watched_is_told_and_passes if {
	document := object.union(
		fixtures.with_detections([fixtures.found("hate", {"assistant.text": 1000000})]),
		{"stage": "response"},
	)
	decision := main.decision with input as document
		with data.use_cases as {"default": {"models": ["*"], "profile": "observe"}}
	decision.action == "allow"
	fixtures.codes(decision.shadow_reasons) == {"toxicity.detected"}
	decision.obligations == [{"type": "flag", "labels": {"hate": data.profiles.observe.hate.threshold}}]
}
