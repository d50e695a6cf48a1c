package airlock.tools_test

import data.airlock.fixtures_test as fixtures
import data.airlock.tools

schema := {"type": "object", "required": ["to"]}

document(stage, uses) := object.union(fixtures.clean, {"stage": stage, "tools": uses})

reasons(stage, uses, rules) := fixtures.codes(result) if {
	result := tools.reasons with input as document(stage, uses) with data.use_cases as {"default": rules}
}

obligations(names, rules) := result if {
	changed := object.union(fixtures.clean, {"request": {"tools": names}})
	result := tools.obligations with input as changed with data.use_cases as {"default": rules}
}

blocked(name, rules) if {
	every stage in ["tool_definition", "tool_call", "tool_result"] {
		reasons(stage, [{"name": name, "arguments": "none"}], {"tools": rules}) == {"tool.not_allowed"}
	}
}

passes(name, rules) if {
	every stage in ["tool_definition", "tool_call", "tool_result"] {
		count(reasons(stage, [{"name": name, "arguments": "none"}], {"tools": rules})) == 0
	}
}

test_without_a_word_all_tools_pass if {
	count(reasons("tool_call", [{"name": "anything", "arguments": "malformed"}], {})) == 0
	passes("anything", {})
}

test_listed_tools_pass_in_every_stage if {
	every pair in [
		[["*"], "send_mail"], [["send_mail"], "send_mail"], [["mail.*"], "mail.send/now"], [["a", "b*"], "bc"],
	] {
		passes(pair[1], {"allow": pair[0]})
	}
}

test_others_are_blocked_in_every_stage if {
	every pair in [
		[[], "send_mail"], [["send_mail"], "send_mails"], [["mail.*"], "xmail.send"], ["send_mail", "send_mail"],
		[null, "send_mail"], [[4], "4"],
	] {
		blocked(pair[1], {"allow": pair[0]})
	}
}

test_denied_tools_are_blocked_even_if_listed if {
	blocked("rm", {"deny": ["rm"]})
	blocked("fs.delete", {"allow": ["*"], "deny": ["*delete*"]})
	passes("fs.read", {"allow": ["fs.*"], "deny": ["*delete*"]})
	passes("fs.read", {"deny": []})
}

test_denials_that_cannot_be_read_deny_all if {
	blocked("fs.read", {"deny": "rm"})
	blocked("fs.read", {"deny": null})
}

test_rules_that_are_no_object_allow_nothing if {
	blocked("fs.read", "all")
	blocked("fs.read", null)
}

test_one_of_many_is_enough if {
	uses := [{"name": "read", "arguments": "none"}, {"name": "rm", "arguments": "none"}]
	reasons("tool_call", uses, {"tools": {"deny": ["rm"]}}) == {"tool.not_allowed"}
}

test_a_name_that_cannot_be_read_passes_a_star_alone if {
	every name in ["unnamed", "withheld"] {
		passes(name, {"allow": ["*"]})
		passes(name, {})
		blocked(name, {"allow": ["u*", "w*", "withheld", "unnamed"]})
		blocked(name, {"allow": ["*"], "deny": ["rm"]})
	}
}

test_arguments_that_do_not_fit_are_blocked if {
	every rules in [{}, {"tools": {"schemas": {"mail": schema}}}] {
		reasons("tool_call", [{"name": "mail", "arguments": "invalid"}], rules) == {"tool.arguments_invalid"}
	}
}

test_arguments_that_fit_pass if {
	count(reasons("tool_call", [{"name": "mail", "arguments": "valid"}], {"tools": {"schemas": {"mail": schema}}})) == 0
}

test_malformed_arguments_are_blocked_where_a_schema_counts if {
	uses := [{"name": "mail", "arguments": "malformed"}]
	reasons("tool_call", uses, {"tools": {"schemas": {"mail": schema}}}) == {"tool.arguments_invalid"}
	count(reasons("tool_call", uses, {"tools": {"schemas": {"other": schema}}})) == 0
}

test_arguments_that_nobody_checked_are_blocked_where_the_use_case_has_a_schema if {
	every state in ["none", "unchecked"] {
		uses := [{"name": "mail", "arguments": state}]
		reasons("tool_call", uses, {"tools": {"schemas": {"mail": schema}}}) == {"tool.arguments_unchecked"}
		count(reasons("tool_result", uses, {"tools": {"schemas": {"mail": schema}}})) == 0
		count(reasons("tool_call", uses, {"tools": {"schemas": {"other": schema}}})) == 0
	}
}

test_the_gateway_is_asked_to_check_what_is_on_offer if {
	rules := {"tools": {"schemas": {"mail": schema, "other": {}}}}
	obligations(["mail", "more"], rules) == {{"type": "check_arguments", "schemas": {"mail": schema}}}
}

test_nothing_is_asked_without_a_need if {
	count(obligations([], {"tools": {"schemas": {"mail": schema}}})) == 0
	count(obligations(["more"], {"tools": {"schemas": {"mail": schema}}})) == 0
	count(obligations(["mail"], {})) == 0
}

test_later_stages_ask_for_no_check if {
	changed := object.union(fixtures.clean, {"stage": "tool_call", "request": {"tools": ["mail"]}})
	count(tools.obligations) == 0 with input as changed
		with data.use_cases as {"default": {"tools": {"schemas": {"mail": schema}}}}
}

test_tools_of_a_server_are_known_by_its_name_as_well if {
	use := [{"name": "read", "arguments": "none"}]
	mcp := object.union(document("tool_call", use), {"request": {"dialect": "mcp", "model": "files"}})
	every pair in [
		[{"allow": ["files/*"]}, set()], [{"allow": ["read"]}, set()], [{"allow": ["web/*"]}, {"tool.not_allowed"}],
		[{"deny": ["files/read"]}, {"tool.not_allowed"}], [{"deny": ["web/read"]}, set()],
	] {
		fixtures.codes(tools.reasons) == pair[1] with input as mcp with data.use_cases as {"default": {"tools": pair[0]}}
	}
	blocked("read", {"allow": ["gpt-4.1/*"]})
}
