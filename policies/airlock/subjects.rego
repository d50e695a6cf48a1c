# METADATA
# title: Who calls, and for what
# description: Only use cases that are known, and known to the caller's tenant, may call.
# schemas:
#   - input: schema.input
#   - data.tenants: schema.tenants
#   - data.use_cases: schema.use_cases
package airlock.subjects

# METADATA
# title: The use case's own data
# description: Undefined when the use case is unknown or the tenant may not use it.
use_case := data.use_cases[input.subject.use_case] if {
	is_object(data.use_cases[input.subject.use_case])
	some allowed in data.tenants[input.subject.tenant].use_cases
	allowed in {"*", input.subject.use_case}
}

# METADATA
# title: Unknown tenant or use case
# custom:
#   error_id: subject.unknown_use_case
reasons contains {
	"code": "subject.unknown_use_case",
	"action": "block",
	"source": "airlock.subjects",
	"message": "The tenant or the use case behind this key is unknown, or the tenant may not use it.",
} if {
	not use_case
}
