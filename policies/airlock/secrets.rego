# METADATA
# title: Credentials
# description: A key or password leaves in no direction, at no stage.
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
package airlock.secrets

import data.airlock.labels

# METADATA
# title: A secret was found
# custom:
#   error_id: secret.detected
reasons contains {
	"code": "secret.detected",
	"action": "block",
	"source": "airlock.secrets",
	"message": $"A secret was found ({detection.label}).",
} if {
	some detection in input.detections
	labels.secret(detection.label)
	detection.score >= data.labels.secret_threshold
}
