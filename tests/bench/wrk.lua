-- Post one body with given headers, always the same or with other words each time; say the results as one line of JSON.
-- Arguments: the file with the body, then for other words each time (fresh.py) the words with commas between them, the
-- number of the first request and the stride, else "" three times; then names and values of headers in turn.

local MARK = "@@"

-- Give a function that builds a request: a number, one more each time, picks a word for each mark.
local function fresh(pattern, words, number, stride)
  local _, marks = pattern:gsub(MARK, MARK)
  local sentences = (#words) ^ marks
  return function()
    local rest = number * stride % sentences
    number = number + 1
    local body = pattern:gsub(MARK, function()
      local place = rest % #words
      rest = (rest - place) / #words
      return words[place + 1]
    end)
    return wrk.format(nil, nil, nil, body)
  end
end

-- wrk calls this once, before it builds a request. Only with a `request` of its own does Lua run while the clock does.
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  file:close()
  for i = 5, #args, 2 do
    wrk.headers[args[i]] = args[i + 1]
  end
  local words = {}
  for word in args[2]:gmatch("[^,]+") do
    words[#words + 1] = word
  end
  if #words > 0 then
    request = fresh(wrk.body, words, tonumber(args[3]), tonumber(args[4]))
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"failures":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
