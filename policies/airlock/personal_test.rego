package airlock.personal_test

import data.airlock.fixtures_test as fixtures
import data.airlock.personal

email := fixtures.found("EMAIL_ADDRESS", {"user.text": 400000})

card := fixtures.found("CREDIT_CARD", {"user.text": 1000000})

reasons(detections, stage, use_case) := result if {
	document := object.union(fixtures.with_detections(detections), {"stage": stage})
	result := personal.reasons with input as document with data.labels as fixtures.labels
		with data.use_cases as {"default": use_case}
}

obligations(detections, stage, use_case) := result if {
	document := object.union(fixtures.with_detections(detections), {"stage": stage})
	result := personal.obligations with input as document with data.labels as fixtures.labels
		with data.use_cases as {"default": use_case}
}

test_personal_data_becomes_pseudonyms_on_its_way_out if {
	every stage in ["request", "tool_result"] {
		obligations([email], stage, {"pseudonym_scope": "tenant"}) == {{
			"type": "pseudonymise",
			"labels": {"EMAIL_ADDRESS": 400000},
			"scope": "tenant",
		}}
		fixtures.codes(reasons([email], stage, {})) == {"personal.detected"}
	}
}

test_personal_data_in_a_reply_passes_and_is_recorded if {
	count(obligations([email], "response", {})) == 0
	fixtures.codes(reasons([email], "response", {})) == {"personal.detected"}
}

test_documents_become_texts_unless_the_use_case_keeps_them if {
	kept := {"type": "keep_documents"}
	every stage in ["request", "tool_result"] {
		kept in obligations([email], stage, {"documents": "block"})
		kept in obligations([email], stage, {"documents": "blcok"})
		not kept in obligations([email], stage, {"documents": "replace"})
		not kept in obligations([email], stage, {})
	}
	count(obligations([], "request", {"documents": "block"})) == 0
	count(obligations([email], "response", {"documents": "block"})) == 0
}

test_every_label_has_its_own_threshold if {
	detections := [
		email,
		fixtures.found("PERSON", {"user.text": 599999}),
		fixtures.found("UNCLASSED", {"user.text": 500000}),
		fixtures.found("URL", {"user.text": 1000000}),
	]
	some obligation in obligations(detections, "request", {})
	obligation.labels == {"EMAIL_ADDRESS": 400000, "UNCLASSED": 500000}
}

test_nothing_found_asks_for_nothing if {
	count(obligations([], "request", {})) == 0
	count(reasons([], "request", {})) == 0
}

test_unknown_scope_is_the_default if {
	every use_case in [{}, {"pseudonym_scope": "world"}, {"pseudonym_scope": 1}] {
		some obligation in obligations([email], "request", use_case)
		obligation.scope == "use_case"
	}
}

test_cards_pass_as_pseudonyms_by_default if {
	every use_case in [{}, {"block_cards": false}] {
		fixtures.codes(reasons([card], "request", use_case)) == {"personal.detected"}
	}
}

test_cards_are_blocked_where_refused if {
	every pair in [["request", true], ["response", true], ["request", "yes"], ["request", null]] {
		"card.detected" in fixtures.codes(reasons([card], pair[0], {"block_cards": pair[1]}))
	}
}

test_card_at_the_threshold_is_blocked_where_refused if {
	detection := fixtures.found("CREDIT_CARD", {"user.text": 400000})
	"card.detected" in fixtures.codes(reasons([detection], "request", {"block_cards": true}))
}

test_only_cards_are_refused_as_cards if {
	fixtures.codes(reasons([email], "request", {"block_cards": true})) == {"personal.detected"}
}

test_low_guess_of_a_card_passes if {
	count(reasons([fixtures.found("CREDIT_CARD", {"user.text": 399999})], "request", {"block_cards": true})) == 0
}

test_personal_data_in_a_key_is_blocked if {
	detection := fixtures.found("EMAIL_ADDRESS", {"user.text": 500000, "assistant.arguments.key": 400000})
	"pseudonyms.unmaskable" in fixtures.codes(reasons([detection], "request", {}))
}

test_low_guess_in_a_key_passes if {
	detection := fixtures.found("EMAIL_ADDRESS", {"user.text": 500000, "assistant.arguments.key": 399999})
	fixtures.codes(reasons([detection], "request", {})) == {"personal.detected"}
}

test_key_in_a_reply_passes if {
	detection := fixtures.found("EMAIL_ADDRESS", {"assistant.arguments.key": 1000000})
	fixtures.codes(reasons([detection], "response", {})) == {"personal.detected"}
}

test_personal_data_in_an_id_passes_and_is_recorded if {
	detection := fixtures.found("EMAIL_ADDRESS", {"tool.id": 1000000})
	fixtures.codes(reasons([detection], "request", {})) == {"personal.detected"}
}

test_card_in_an_id_is_blocked_where_refused if {
	detection := fixtures.found("CREDIT_CARD", {"assistant.id": 1000000})
	"card.detected" in fixtures.codes(reasons([detection], "request", {"block_cards": true}))
}

test_personal_data_under_a_signature_passes_by_default if {
	detection := fixtures.found("EMAIL_ADDRESS", {"assistant.sealed": 1000000})
	every use_case in [{}, {"block_sealed": false}] {
		fixtures.codes(reasons([detection], "request", use_case)) == {"personal.detected"}
	}
}

test_personal_data_under_a_signature_is_blocked_where_refused if {
	detection := fixtures.found("EMAIL_ADDRESS", {"assistant.sealed": 400000})
	every value in [true, "yes", null] {
		codes := fixtures.codes(reasons([detection], "request", {"block_sealed": value}))
		codes == {"personal.sealed", "personal.detected"}
	}
}

test_signed_text_is_refused_on_its_way_out_only_and_by_its_own_score if {
	sealed := fixtures.found("EMAIL_ADDRESS", {"assistant.sealed": 1000000})
	low := fixtures.found("EMAIL_ADDRESS", {"assistant.sealed": 399999, "user.text": 1000000})
	fixtures.codes(reasons([sealed], "response", {"block_sealed": true})) == {"personal.detected"}
	fixtures.codes(reasons([low], "request", {"block_sealed": true})) == {"personal.detected"}
}

to_server(hosting, use_case) := result if {
	document := object.union(fixtures.with_detections([email]), {
		"request": {"dialect": "mcp", "model": "mail"},
		"upstream": {"hosting": hosting},
	})
	result := personal.obligations with input as document with data.labels as fixtures.labels
		with data.use_cases as {"default": use_case}
}

test_a_server_of_the_operators_own_gets_real_values if count(to_server("self", {})) == 0

test_another_server_gets_pseudonyms if {
	every hosting in ["cloud", "unknown"] {
		count(to_server(hosting, {})) == 1
		count(to_server(hosting, {"real_values": ["crm", "mai"]})) == 1
		count(to_server(hosting, {"real_values": "mail"})) == 1
	}
}

test_a_use_case_lets_a_server_have_real_values if {
	every patterns in [["mail"], ["crm", "ma*"], ["*"]] {
		count(to_server("cloud", {"real_values": patterns})) == 0
	}
}

test_a_model_of_the_operators_own_gets_pseudonyms if {
	document := object.union(fixtures.with_detections([email]), {"upstream": {"hosting": "self"}})
	count(personal.obligations) == 1 with input as document with data.labels as fixtures.labels
		with data.use_cases as {"default": {"real_values": ["*"]}}
}

test_a_servers_result_comes_to_the_client_as_it_is if {
	document := object.union(fixtures.with_detections([email]), {
		"stage": "tool_result",
		"request": {"dialect": "mcp", "model": "mail"},
	})
	count(personal.obligations) == 0 with input as document with data.labels as fixtures.labels
}

strategies_of(detections, use_case, labels) := result if {
	document := fixtures.with_detections(detections)
	found := personal.obligations with input as document with data.labels as object.union(fixtures.labels, labels)
		with data.use_cases as {"default": use_case}
	some obligation in found
	result := object.get(obligation, "strategies", {})
}

test_each_label_has_the_strategy_of_its_use_case if {
	all_but := {"EMAIL_ADDRESS": "pseudonym", "*": "drop"}
	strategies_of([email, card], {"strategies": {"EMAIL_ADDRESS": "hash", "*": "drop"}}, {}) == {
		"EMAIL_ADDRESS": "hash",
		"CREDIT_CARD": "drop",
	}
	strategies_of([email, card], {"strategies": all_but}, {}) == {"CREDIT_CARD": "drop"}
}

test_a_use_cases_word_on_all_labels_counts_before_what_all_use_cases_share if {
	shared := {"strategies": {"CREDIT_CARD": "mask", "*": "hash"}}
	strategies_of([email, card], {}, shared) == {"EMAIL_ADDRESS": "hash", "CREDIT_CARD": "mask"}
	strategies_of([email, card], {"strategies": {"EMAIL_ADDRESS": "drop"}}, shared) == {
		"EMAIL_ADDRESS": "drop",
		"CREDIT_CARD": "mask",
	}
	strategies_of([card], {"strategies": {"*": "pseudonym"}}, shared) == {}
}

test_a_label_that_is_not_found_has_no_strategy if {
	strategies_of([email], {"strategies": {"CREDIT_CARD": "mask"}}, {}) == {}
}

test_an_unknown_strategy_blocks if {
	every strategies in [{"EMAIL_ADDRESS": "masc"}, {"*": 1}, {"EMAIL_ADDRESS": null}, "mask", null, ["mask"]] {
		"personal.strategy_unknown" in fixtures.codes(reasons([email], "request", {"strategies": strategies}))
	}
}

test_an_unknown_strategy_of_another_label_does_not if {
	codes := fixtures.codes(reasons([email], "request", {"strategies": {"CREDIT_CARD": "masc"}}))
	codes == {"personal.detected"}
}

test_what_must_not_leave_is_blocked_where_it_would if {
	refused := {"strategies": {"EMAIL_ADDRESS": "block"}}
	in_id := fixtures.found("EMAIL_ADDRESS", {"tool.id": 400000})
	every detection in [email, in_id] {
		fixtures.codes(reasons([detection], "request", refused)) == {"personal.blocked", "personal.detected"}
	}
	fixtures.codes(reasons([email], "tool_result", refused)) == {"personal.blocked", "personal.detected"}
	fixtures.codes(reasons([email], "response", refused)) == {"personal.detected"}
	fixtures.codes(reasons([card], "request", refused)) == {"personal.detected"}
}

test_what_must_not_leave_may_go_back_under_a_signature if {
	sealed := fixtures.found("EMAIL_ADDRESS", {"assistant.sealed": 1000000, "user.text": 399999})
	refused := {"strategies": {"EMAIL_ADDRESS": "block"}}
	fixtures.codes(reasons([sealed], "request", refused)) == {"personal.detected"}
	strategies_of([sealed], refused, {}) == {}
}
