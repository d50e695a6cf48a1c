# METADATA
# title: Whose words
# description: |
#   A profile judges words by who says them. In a request, what the model said before is left out: it was judged when it
#   was a reply, and would stop each further turn of a conversation. So are names and ids that machines made.
# schemas:
#   - input: schema.input
package airlock.origins

# METADATA
# title: Whose words there are, and what messages call them
words := {
	"user": "what the user says",
	"system": "the app's instructions",
	"model": "the model's reply",
	"tool_call": "a tool call",
	"tool_result": "a tool's result",
	"tool_definition": "a tool's definition",
}

# METADATA
# title: Whose words stand in a place; undefined where they are nobody's
of(place) := origin if {
	not endswith(place, ".id")
	[owner, aspect] := split(place, ".")
	origin := said(owner, aspect)
}

# A place without a name is the user's or the model's.
of("unknown") := said("other", "text")

said(_, _) := input.stage if input.stage in {"tool_call", "tool_result"}

said(_, _) := offer if input.stage == "tool_definition"

said(owner, _) := asked[owner] if input.stage in {"request", "image"}

said(owner, aspect) := answered(owner, aspect) if input.stage == "response"

asked := {
	"developer": "system",
	"function": "tool_result",
	"metadata": "user",
	"other": "user",
	"error": "user",
	"system": "system",
	"tool": "tool_result",
	"tools": offer,
	"user": "user",
}

answered("tools", _) := offer

answered(owner, _) := "tool_result" if owner in {"function", "tool"}

answered("assistant", aspect) := "tool_call" if aspect in {"arguments", "key"}

answered("assistant", aspect) := "model" if not aspect in {"arguments", "key"}

answered(owner, _) := "model" if not owner in {"assistant", "function", "tool", "tools"}

# Tools that an app offers are its own words; a server's list of tools is another's.
offer := "tool_definition" if input.request.dialect == "mcp"

offer := "system" if input.request.dialect != "mcp"
