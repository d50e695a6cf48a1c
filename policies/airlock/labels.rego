# METADATA
# title: Classes of labels
# description: |
#   Data says which labels are neutral, cards or secrets, and from which score on a personal label counts. A label that
#   data doesn't class is personal at the default threshold.
# schemas:
#   - data.labels: schema.labels
package airlock.labels

# METADATA
# title: Labels of credentials
secret(label) if startswith(label, data.labels.secret_prefix)

# METADATA
# title: Labels of personal data
personal(label) if {
	not secret(label)
	not label in data.labels.neutral
}

# METADATA
# title: Least score of a personal label, in parts per million
# description: A threshold that is no number counts as 0, the strictest.
threshold(label) := score if {
	score := object.get(data.labels.personal, label, data.labels.default_threshold)
	is_number(score)
} else := 0
