-- Take all claims of a call, or none, and tell how each stands.
-- KEYS: the call's ticket, then one counter a claim.
-- ARGV: how long the ticket and a place live without being renewed (ms); then a claim's limit, amount, slice (ms), slices.
-- A slice of 0 ms means places of calls under way. Answers {granted, now, used, wait, used, wait, ...}.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local ticket_ms, place_ms = tonumber(ARGV[1]), tonumber(ARGV[2])

local function places(key, limit, amount)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local used = redis.call('ZCARD', key)
  return used, (used + amount <= limit) and 0 or 1000
end

local function window(key, limit, amount, width, slices)
  local oldest = math.floor(now / width) - slices + 1
  local used, live, gone = 0, {}, {}
  local pairs_read = redis.call('HGETALL', key)
  for i = 1, #pairs_read, 2 do
    local slice, taken = tonumber(pairs_read[i]), tonumber(pairs_read[i + 1])
    if slice < oldest then
      gone[#gone + 1] = pairs_read[i]
    else
      live[#live + 1] = {slice, taken}
      used = used + taken
    end
  end
  if #gone > 0 then redis.call('HDEL', key, unpack(gone)) end
  if used + amount <= limit then return used, 0 end
  if amount > limit then return used, -1 end
  table.sort(live, function(a, b) return a[1] < b[1] end)
  local left = used
  for _, entry in ipairs(live) do
    left = left - entry[2]
    if left + amount <= limit then return used, (entry[1] + slices) * width - now end
  end
end

-- A ticket that is there already: this call's first attempt arrived, only its answer did not.
local granted, answer = 1, {1, now}
local held = redis.call('EXISTS', KEYS[1]) == 1
for i = 2, #KEYS do
  local at = 3 + (i - 2) * 4
  local limit, amount = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local width, slices = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local used, wait
  if width == 0 then
    used, wait = places(KEYS[i], limit, amount)
  else
    used, wait = window(KEYS[i], limit, amount, width, slices)
  end
  if held then used, wait = math.max(0, used - amount), 0 end
  if wait ~= 0 then granted = 0 end
  answer[#answer + 1] = used
  answer[#answer + 1] = wait
end

if granted == 1 and not held then
  redis.call('SET', KEYS[1], string.format('%.0f', now), 'PX', ticket_ms)
  for i = 2, #KEYS do
    local at = 3 + (i - 2) * 4
    local width, slices = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
    if width == 0 then
      redis.call('ZADD', KEYS[i], now + place_ms, KEYS[1])
      redis.call('PEXPIRE', KEYS[i], 2 * place_ms)
    else
      redis.call('HINCRBY', KEYS[i], math.floor(now / width), ARGV[at + 1])
      redis.call('PEXPIRE', KEYS[i], (slices + 1) * width)
    end
  end
end
answer[1] = granted
return answer
