package airlock.streams_test

import data.airlock.fixtures_test as fixtures
import data.airlock.streams

streamed := object.union(fixtures.clean, {"request": {"stream": true}})

modes(use_case) := {obligation.mode |
	some obligation in streams.obligations with input as streamed with data.use_cases as {"default": use_case}
}

test_only_streams_need_a_mode if count(streams.obligations) == 0 with input as fixtures.clean

test_window_is_the_default if modes({}) == {"window"}

test_data_chooses_the_mode if {
	every mode in ["window", "hold", "observe"] {
		modes({"stream": mode}) == {mode}
	}
}

test_unknown_mode_is_the_strictest if {
	every mode in ["off", null, 1] {
		modes({"stream": mode}) == {"hold"}
	}
}
