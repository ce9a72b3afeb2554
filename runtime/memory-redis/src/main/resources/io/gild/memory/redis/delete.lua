-- Deletes a session. KEYS: as for change.lua. Returns 1 if there was one.
local present = redis.call('EXISTS', KEYS[1])
redis.call('DEL', unpack(KEYS))
return present
