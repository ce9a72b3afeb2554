-- Removes sessions from the index that do not exist, unless they were listed again meanwhile.
-- KEYS: tenants, sessions of the tenant. ARGV: tenant, least age in microseconds, then session and score of
-- each. Returns how many were removed.
local now = redis.call('TIME')
local newest = now[1] * 1000000 + now[2] - ARGV[2]
local removed = 0
for i = 3, #ARGV, 2 do
  local score = redis.call('ZSCORE', KEYS[2], ARGV[i])
  if score and tonumber(score) == tonumber(ARGV[i + 1]) and tonumber(score) <= newest then
    redis.call('ZREM', KEYS[2], ARGV[i])
    removed = removed + 1
  end
end
if redis.call('EXISTS', KEYS[2]) == 0 then redis.call('ZREM', KEYS[1], ARGV[1]) end
return removed
