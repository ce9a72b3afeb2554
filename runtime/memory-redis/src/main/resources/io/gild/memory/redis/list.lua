-- Lists a session in the index. KEYS: tenants, sessions of the tenant. ARGV: tenant, session.
-- Each listing has a greater score than those before, so that unlist.lua recognizes an old one.
local now = redis.call('TIME')
local score = now[1] * 1000000 + now[2]
local old = redis.call('ZSCORE', KEYS[2], ARGV[2])
if old and tonumber(old) >= score then score = tonumber(old) + 1 end
score = string.format('%.0f', score)
redis.call('ZADD', KEYS[1], score, ARGV[1])
redis.call('ZADD', KEYS[2], score, ARGV[2])
return score
