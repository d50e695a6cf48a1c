# METADATA
# title: Fail closed
# description: |
#   What was not looked at is not clean. A use case can accept the loss of a detector (`fail_open`) or a kind of part
#   that nobody reads (`allow_unscanned`); both stay visible in the decision.
# schemas:
#   - input: schema.input
package airlock.coverage

import data.airlock.subjects

# METADATA
# title: No detector has reported
# custom:
#   error_id: detector.unavailable
reasons contains {
	"code": "detector.unavailable",
	"action": "block",
	"source": "airlock.coverage",
	"message": "No detector has reported on this call, so nothing was screened.",
} if {
	count(input.coverage.reports) == 0
}

# METADATA
# title: A detector has failed
# custom:
#   error_id: detector.unavailable
reasons contains unavailable(report) if {
	some report in input.coverage.reports
	report.status != "ok"
	not fail_open(report.detector)
}

# METADATA
# title: A detector has failed, and the use case goes on without it
# custom:
#   error_id: detector.fail_open
reasons contains {
	"code": "detector.fail_open",
	"action": "allow",
	"source": "airlock.coverage",
	"message": $"The detector {detector} is unavailable; this use case goes on without it.",
} if {
	some detector in missing
}

# METADATA
# title: A part was not screened
# custom:
#   error_id: coverage.unscanned
reasons contains {
	"code": "coverage.unscanned",
	"action": "block",
	"source": "airlock.coverage",
	"message": $"A part of the call could not be screened ({part.reason}).",
} if {
	some part in input.coverage.unscanned
	not accepted(part.reason)
}

# METADATA
# title: A part was not screened, and the use case accepts that
# custom:
#   error_id: coverage.accepted
reasons contains {
	"code": "coverage.accepted",
	"action": "allow",
	"source": "airlock.coverage",
	"message": $"A part of the call was not screened ({part.reason}); this use case accepts that.",
} if {
	some part in input.coverage.unscanned
	accepted(part.reason)
}

shadow_reasons contains unavailable(report) if {
	some report in input.coverage.reports
	report.detector in missing
	report.status != "ok"
}

obligations contains {"type": "fail_open", "detectors": sort(missing)} if count(missing) > 0

missing contains report.detector if {
	some report in input.coverage.reports
	report.status != "ok"
	fail_open(report.detector)
}

unavailable(report) := {
	"code": "detector.unavailable",
	"action": "block",
	"source": "airlock.coverage",
	"message": $"The detector {report.detector} is unavailable.",
}

fail_open(detector) if detector in subjects.use_case.fail_open

accepted(reason) if reason in subjects.use_case.allow_unscanned

# Whoever accepts a text that is in no language we know accepts one that patterns know.
accepted("language.patterns") if "language" in subjects.use_case.allow_unscanned

# Whoever accepts a picture unseen accepts one whose text was read.
accepted("modality.image.read") if "modality.image" in subjects.use_case.allow_unscanned
