package airlock.origins_test

import data.airlock.fixtures_test as fixtures
import data.airlock.origins

# Whose words stand in a place at a stage; `nobody` where the rule has no answer.
of(stage, dialect, place) := origin if {
	document := object.union(fixtures.clean, {"stage": stage, "request": {"dialect": dialect}})
	origin := origins.of(place) with input as document
} else := "nobody"

test_a_request_is_the_users_the_apps_and_the_tools_words if {
	every place, origin in {
		"user.text": "user",
		"user.name": "user",
		"user.key": "user",
		"metadata.text": "user",
		"other.text": "user",
		"unknown": "user",
		"system.text": "system",
		"developer.text": "system",
		"tools.definition": "system",
		"tool.text": "tool_result",
		"function.arguments": "tool_result",
	} {
		of("request", "openai.chat", place) == origin
		of("image", "openai.chat", place) == origin
	}
}

test_what_the_model_said_before_was_judged_before if {
	every place in ["assistant.text", "assistant.arguments", "assistant.sealed"] {
		of("request", "openai.chat", place) == "nobody"
	}
}

test_a_reply_is_the_models_words_and_its_calls if {
	every place, origin in {
		"assistant.text": "model",
		"assistant.sealed": "model",
		"assistant.arguments": "tool_call",
		"assistant.key": "tool_call",
		"tool.text": "tool_result",
		"tools.definition": "system",
		"other.text": "model",
		"error.text": "model",
		"unknown": "model",
	} {
		of("response", "openai.chat", place) == origin
	}
}

test_the_stages_of_tools_are_what_they_are_about if {
	of("tool_call", "openai.chat", "assistant.arguments") == "tool_call"
	of("tool_result", "openai.chat", "tool.text") == "tool_result"
	of("tool_definition", "openai.chat", "tools.definition") == "system"
}

test_a_servers_list_of_tools_is_another_ones_words if {
	of("tool_definition", "mcp", "tools.definition") == "tool_definition"
	of("response", "mcp", "tools.definition") == "tool_definition"
	of("tool_result", "mcp", "tool.text") == "tool_result"
}

test_names_and_ids_of_machines_are_nobodys_words if {
	every stage in ["request", "response", "tool_call", "tool_result", "tool_definition"] {
		of(stage, "openai.chat", "tools.id") == "nobody"
	}
}
