-- Keep the places of a call that is still under way. A call without a ticket is over.
-- KEYS: the call's ticket, then the counters in which it has a place. ARGV: how long ticket and places live now (ms).
if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then return 0 end
local clock = redis.call('TIME')
local until_ms = clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[2]
for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], until_ms, KEYS[1])
  redis.call('PEXPIRE', KEYS[i], 2 * ARGV[2])
end
return 1
