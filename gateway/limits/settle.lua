-- Replace what a call took by what it used and free its place. Without its ticket nothing is done: it was settled before.
-- KEYS: the call's ticket, then one counter a claim.
-- ARGV: how long (ms) the call may take nothing any more; then a claim's amount taken, amount used, slice (ms), slices.
-- A slice of 0 ms means places of calls under way.
local taken_at = tonumber(redis.call('GET', KEYS[1]) or nil)
redis.call('DEL', KEYS[1])
if ARGV[1] ~= '0' then
  -- Its reserve was given up and may arrive only now: it finds a ticket, so it takes nothing.
  redis.call('SET', KEYS[1], 'void', 'PX', ARGV[1])
end
if not taken_at then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 2, #KEYS do
  local at = 2 + (i - 2) * 4
  local missing = tonumber(ARGV[at + 1]) - tonumber(ARGV[at])
  local width, slices = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  if width == 0 then
    redis.call('ZREM', KEYS[i], KEYS[1])
  elseif missing > 0 then
    redis.call('HINCRBY', KEYS[i], math.floor(now / width), string.format('%.0f', missing))
    redis.call('PEXPIRE', KEYS[i], (slices + 1) * width)
  elseif missing < 0 and redis.call('HEXISTS', KEYS[i], math.floor(taken_at / width)) == 1 then
    redis.call('HINCRBY', KEYS[i], math.floor(taken_at / width), string.format('%.0f', missing))
  end
end
return 1
