-- Returns the generation of a scope: the known one, or with "renew" the new one that is given.
local known = redis.call('GET', KEYS[1])
if known and ARGV[1] == 'read' then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return known
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return ARGV[2]
