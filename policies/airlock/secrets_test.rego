package airlock.secrets_test

import data.airlock.fixtures_test as fixtures
import data.airlock.secrets

reasons(detection, stage) := result if {
	document := object.union(fixtures.with_detections([detection]), {"stage": stage})
	result := secrets.reasons with input as document with data.labels as fixtures.labels
}

test_secret_is_blocked_at_every_stage if {
	every stage in ["request", "response", "tool_call", "tool_result", "image"] {
		detection := fixtures.found("SECRET_AWS_KEY", {"user.text": 300000})
		fixtures.codes(reasons(detection, stage)) == {"secret.detected"}
	}
}

test_guess_below_the_threshold_passes if {
	count(reasons(fixtures.found("SECRET_AWS_KEY", {"user.text": 299999}), "request")) == 0
}

test_other_labels_are_no_secrets if {
	count(reasons(fixtures.found("EMAIL_ADDRESS", {"user.text": 1000000}), "request")) == 0
}
