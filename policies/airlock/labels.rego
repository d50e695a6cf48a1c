# METADATA
# title: Classes of labels
# description: |
#   Data says which labels are neutral, cards, secrets or a classifier's, and from which score on a personal label counts.
#   A label that data doesn't class is personal at the default threshold. A classifier judges a text and names no
#   person, so its labels are never personal.
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
#   - data.use_cases: schema.use_cases
package airlock.labels

import data.airlock.subjects

# METADATA
# title: Labels of credentials
secret(label) if startswith(label, data.labels.secret_prefix)

# METADATA
# title: Labels of a classifier that a profile has a rule for
classified(label) if data.labels.classifiers[label]

# METADATA
# title: Labels of personal data
personal(label) if {
	not impersonal(label)
	not secret(label)
}

personal(label) if label in subjects.use_case.also_personal

impersonal(label) if label in data.labels.neutral

impersonal(label) if classified(label)

impersonal(label) if axis_threshold(label)

# METADATA
# title: Least score of a personal label, in parts per million
# description: A threshold that is no number counts as 0, the strictest.
threshold(label) := score if {
	score := object.get(data.labels.personal, label, data.labels.default_threshold)
	is_number(score)
} else := 0

# METADATA
# title: Least score of an axis; undefined for a label that is none
axis_threshold(label) := score if {
	score := data.labels.axes[label]
	is_number(score)
}
