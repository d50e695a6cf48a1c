package airlock.coverage_test

import data.airlock.coverage
import data.airlock.fixtures_test as fixtures

down := {"detector": "pii", "version": "1", "status": "unavailable", "reason": "timeout"}

image := {"reason": "modality.image", "slot": "user.image", "count": 1}

lenient := {"default": {"models": ["*"], "fail_open": ["pii"], "allow_unscanned": ["modality.image"]}}

changed(part, value) := object.union(fixtures.clean, {"coverage": {part: value}})

test_all_reports_in_order_pass if count(coverage.reasons) == 0 with input as fixtures.clean

test_no_report_at_all_is_blocked if {
	fixtures.codes(coverage.reasons) == {"detector.unavailable"} with input as changed("reports", [])
	fixtures.codes(coverage.reasons) == {"detector.unavailable"} with input as changed("reports", [])
		with data.use_cases as lenient
}

test_failed_detector_is_blocked if {
	fixtures.codes(coverage.reasons) == {"detector.unavailable"} with input as changed("reports", [down])
	count(coverage.obligations) == 0 with input as changed("reports", [down])
}

test_unknown_status_is_a_failure if {
	report := object.union(down, {"status": "okay"})
	fixtures.codes(coverage.reasons) == {"detector.unavailable"} with input as changed("reports", [report])
}

test_fail_open_passes_and_stays_visible if {
	document := changed("reports", [down])
	fixtures.codes(coverage.reasons) == {"detector.fail_open"} with input as document with data.use_cases as lenient
	coverage.obligations == {{"type": "fail_open", "detectors": ["pii"]}} with input as document
		with data.use_cases as lenient
	fixtures.codes(coverage.shadow_reasons) == {"detector.unavailable"} with input as document
		with data.use_cases as lenient
}

test_only_what_failed_open_casts_a_shadow if {
	others := [object.union(down, {"detector": "secrets"}), object.union(down, {"version": "2", "status": "ok"})]
	document := changed("reports", array.concat([down], others))
	coverage.shadow_reasons == {{
		"code": "detector.unavailable",
		"action": "block",
		"source": "airlock.coverage",
		"message": "The detector pii is unavailable.",
	}} with input as document with data.use_cases as lenient
}

test_detectors_in_order_cast_no_shadow if {
	count(coverage.shadow_reasons) == 0 with input as fixtures.clean with data.use_cases as lenient
}

test_fail_open_is_for_the_named_detector_only if {
	document := changed("reports", [down, object.union(down, {"detector": "secrets"})])
	fixtures.codes(coverage.reasons) == {"detector.fail_open", "detector.unavailable"} with input as document
		with data.use_cases as lenient
}

test_unscanned_part_is_blocked if {
	fixtures.codes(coverage.reasons) == {"coverage.unscanned"} with input as changed("unscanned", [image])
}

test_accepted_reason_passes_and_stays_visible if {
	document := changed("unscanned", [image])
	fixtures.codes(coverage.reasons) == {"coverage.accepted"} with input as document with data.use_cases as lenient
}

test_read_picture_is_accepted_by_itself_and_with_pictures_unseen if {
	seen := object.union(image, {"reason": "modality.image.read"})
	readers := {"default": {"models": ["*"], "allow_unscanned": ["modality.image.read"]}}
	fixtures.codes(coverage.reasons) == {"coverage.unscanned"} with input as changed("unscanned", [seen])
	fixtures.codes(coverage.reasons) == {"coverage.accepted"} with input as changed("unscanned", [seen])
		with data.use_cases as lenient
	fixtures.codes(coverage.reasons) == {"coverage.accepted"} with input as changed("unscanned", [seen])
		with data.use_cases as readers
	fixtures.codes(coverage.reasons) == {"coverage.accepted", "coverage.unscanned"} with input as changed(
		"unscanned",
		[seen, image],
	)
		with data.use_cases as readers
}

test_text_that_patterns_know_is_accepted_by_itself_and_with_any_language if {
	german := {"reason": "language.patterns", "slot": "user.text", "count": 1}
	dutch := {"reason": "language", "slot": "user.text", "count": 1}
	foreign := {"default": {"models": ["*"], "allow_unscanned": ["language"]}}
	known := {"default": {"models": ["*"], "allow_unscanned": ["language.patterns"]}}
	fixtures.codes(coverage.reasons) == {"coverage.unscanned"} with input as changed("unscanned", [german])
		with data.use_cases as lenient
	fixtures.codes(coverage.reasons) == {"coverage.accepted"} with input as changed("unscanned", [german, dutch])
		with data.use_cases as foreign
	fixtures.codes(coverage.reasons) == {"coverage.accepted", "coverage.unscanned"} with input as changed(
		"unscanned",
		[german, dutch],
	)
		with data.use_cases as known
}

test_accepting_one_reason_accepts_no_other if {
	document := changed("unscanned", [image, object.union(image, {"reason": "too_long"})])
	fixtures.codes(coverage.reasons) == {"coverage.accepted", "coverage.unscanned"} with input as document
		with data.use_cases as lenient
}
