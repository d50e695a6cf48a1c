package airlock.labels_test

import data.airlock.fixtures_test as fixtures
import data.airlock.labels

test_secrets_are_known_by_prefix if {
	labels.secret("SECRET_AWS_KEY") with data.labels as fixtures.labels
	not labels.secret("EMAIL_ADDRESS") with data.labels as fixtures.labels
}

test_personal_is_all_but_secrets_and_neutral_labels if {
	labels.personal("EMAIL_ADDRESS") with data.labels as fixtures.labels
	labels.personal("NEVER_HEARD_OF") with data.labels as fixtures.labels
	not labels.personal("URL") with data.labels as fixtures.labels
	not labels.personal("SECRET_AWS_KEY") with data.labels as fixtures.labels
}

test_what_judges_a_text_names_no_person if {
	every label in ["hate", "bias", "gender"] {
		not labels.personal(label) with data.labels as fixtures.labels
	}
	labels.classified("hate") with data.labels as fixtures.labels
	not labels.classified("gender") with data.labels as fixtures.labels
	not labels.classified("PERSON") with data.labels as fixtures.labels
}

test_a_use_case_can_take_a_neutral_label_for_personal if {
	use_cases := {"default": {"also_personal": ["URL"]}}
	labels.personal("URL") with input as fixtures.clean with data.labels as fixtures.labels
		with data.use_cases as use_cases
	not labels.personal("gender") with input as fixtures.clean with data.labels as fixtures.labels
		with data.use_cases as use_cases
}

test_an_axis_has_its_threshold if {
	labels.axis_threshold("gender") == 500000 with data.labels as fixtures.labels
	not labels.axis_threshold("hate") with data.labels as fixtures.labels
	not labels.axis_threshold("age") with data.labels as {"axes": {"age": "low"}}
}

test_thresholds_come_from_data if {
	labels.threshold("PERSON") == 600000 with data.labels as fixtures.labels
	labels.threshold("NEVER_HEARD_OF") == 500000 with data.labels as fixtures.labels
}

test_mistyped_threshold_is_the_strictest if {
	mistyped := object.union(fixtures.labels, {"personal": {"PERSON": "low"}})
	labels.threshold("PERSON") == 0 with data.labels as mistyped
}
