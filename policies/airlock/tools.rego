# METADATA
# title: Tools
# description: |
#   The definition of a tool, the wish to call it, its call and its result each pass policy by themselves. A use case
#   lists the tools that it allows and denies, and JSON Schemas that the arguments of calls must fit. The gateway checks
#   them, since policy never sees arguments, and says how that came out.
# schemas:
#   - input: schema.input
#   - data.use_cases: schema.use_cases
package airlock.tools

import data.airlock.subjects

# Names that the gateway gives to what has no proper name, or to what must not be repeated: no pattern is meant for them.
unreadable := {"unnamed", "withheld"}

# METADATA
# title: Tool not on the use case's list
# description: The message doesn't repeat the tool's name, which is the caller's or the model's text.
# custom:
#   error_id: tool.not_allowed
reasons contains {
	"code": "tool.not_allowed",
	"action": "block",
	"source": "airlock.tools",
	"message": $"The use case {input.subject.use_case} may not use one of these tools.",
} if {
	some tool in input.tools
	restricted
	not allowed(tool.name)
}

# METADATA
# title: Arguments that don't fit the tool's schema
# custom:
#   error_id: tool.arguments_invalid
reasons contains {
	"code": "tool.arguments_invalid",
	"action": "block",
	"source": "airlock.tools",
	"message": "The arguments of a tool call don't fit the tool's schema.",
} if {
	some tool in input.tools
	tool.arguments == "invalid"
}

# METADATA
# title: Arguments that can't be read, of a tool with a schema
# custom:
#   error_id: tool.arguments_invalid
reasons contains {
	"code": "tool.arguments_invalid",
	"action": "block",
	"source": "airlock.tools",
	"message": "The arguments of a tool call are no JSON, so they can't be checked against the tool's schema.",
} if {
	some tool in input.tools
	tool.arguments == "malformed"
	checked(tool.name)
}

# METADATA
# title: Arguments that nobody checked, of a tool with a schema
# custom:
#   error_id: tool.arguments_unchecked
reasons contains {
	"code": "tool.arguments_unchecked",
	"action": "block",
	"source": "airlock.tools",
	"message": "The arguments of a tool call were not checked against the tool's schema.",
} if {
	input.stage == "tool_call"
	some tool in input.tools
	tool.arguments in {"none", "unchecked"}
	checked(tool.name)
}

# METADATA
# title: What the gateway must check in calls of the tools on offer
obligations contains {"type": "check_arguments", "schemas": wanted} if {
	input.stage == "request"
	count(wanted) > 0
}

wanted := {name: schema |
	some name, schema in schemas
	name in input.request.tools
}

restricted if "tools" in object.keys(subjects.use_case)

allowed(name) if {
	listed(name)
	not denied(name)
}

listed(_) if not "allow" in object.keys(subjects.use_case.tools)

listed(_) if "*" in subjects.use_case.tools.allow

listed(name) if {
	some pattern in subjects.use_case.tools.allow
	matches(pattern, name)
}

denied(name) if {
	some pattern in subjects.use_case.tools.deny
	matches(pattern, name)
}

# A list that can't be read, or a name that can't be compared with it, is denied.
denied(name) if {
	denials := object.get(subjects.use_case.tools, "deny", [])
	denials != []
	cannot_tell(denials, name)
}

cannot_tell(denials, _) if not is_array(denials)

cannot_tell(_, name) if name in unreadable

# A null delimiter lets `*` cross dots and slashes.
matches(pattern, name) if {
	not name in unreadable
	some known in known_as(name)
	glob.match(pattern, null, known)
}

# A tool of a server that is called directly is known by the server's name as well: `files/read`.
known_as(name) := {name, $"{input.request.model}/{name}"} if {
	input.request.dialect == "mcp"
} else := {name}

default schemas := {}

schemas := subjects.use_case.tools.schemas

checked(name) if object.get(schemas, name, null) != null
