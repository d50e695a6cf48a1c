# Documents that the tests start from.
package airlock.fixtures_test

clean := {
	"api_version": "airlock/v1",
	"stage": "request",
	"subject": {"tenant": "default", "use_case": "default", "roles": [], "key_id": "k1"},
	"upstream": {"provider": "example", "region": "eu", "hosting": "cloud", "model": "gpt-4.1"},
	"risk": {"class": "unclassified", "art5": [], "annex3": []},
	"detections": [],
	"coverage": {
		"scanned": ["user.text"],
		"unscanned": [],
		"reports": [{"detector": "pii", "version": "1", "status": "ok", "reason": ""}],
	},
	"approval": {"id": "", "status": "none"},
	"tools": [],
	"request": {
		"dialect": "openai.chat",
		"model": "gpt-4.1",
		"stream": false,
		"tools": [],
		"language": "en",
		"modalities": ["text"],
		"tokens_estimated": 10,
	},
	"usage": {"input_tokens": 0, "output_tokens": 0},
	"time": 1790000000000,
}

labels := {
	"classifiers": {"hate": "toxicity", "bias": "bias", "jailbreak": "injection"},
	"axes": {"gender": 500000, "race": 500000},
	"personal": {"EMAIL_ADDRESS": 400000, "CREDIT_CARD": 400000, "PERSON": 600000},
	"card": ["CREDIT_CARD"],
	"neutral": ["URL"],
	"default_threshold": 500000,
	"secret_prefix": "SECRET_",
	"secret_threshold": 300000,
}

found(label, slots) := {
	"detector": "pii",
	"version": "1",
	"label": label,
	"status": "ok",
	"score": max([score | some score in slots]),
	"count": count(slots),
	"slots": slots,
}

with_detections(detections) := object.union(clean, {"detections": detections})

actions := {
	"card.detected": "block",
	"coverage.accepted": "allow",
	"coverage.unscanned": "block",
	"data.invalid": "block",
	"detector.fail_open": "allow",
	"detector.unavailable": "block",
	"hosting.not_allowed": "block",
	"input.invalid": "block",
	"model.not_allowed": "block",
	"personal.blocked": "block",
	"personal.detected": "allow",
	"personal.hosting_not_allowed": "block",
	"personal.sealed": "block",
	"personal.strategy_unknown": "block",
	"profile.incomplete": "block",
	"profile.unknown": "block",
	"pseudonyms.unmaskable": "block",
	"region.not_allowed": "block",
	"secret.detected": "block",
	"subject.unknown_use_case": "block",
	"tool.arguments_invalid": "block",
	"tool.arguments_unchecked": "block",
	"tool.not_allowed": "block",
}

# The profile says which action these have.
by_profile := {"bias.detected", "injection.detected", "toxicity.detected"}

# The codes of reasons that have the action of their code and a message; others drop out and fail the test.
codes(reasons) := {reason.code |
	some reason in reasons
	has_its_action(reason)
	endswith(reason.message, ".")
}

has_its_action(reason) if actions[reason.code] == reason.action

has_its_action(reason) if {
	reason.code in by_profile
	reason.action in {"allow", "review", "block"}
}
