-- A barrier: see BarrierState, which does the same.
-- KEYS: state (hash of generation and parties), waiting (end of lease by id), passed (ids of the last
-- generation in which all arrived), broken (generations).
-- ARGV: operation, channel, path, id, lease in milliseconds, generation or 0, parties.
-- Returns 0 or 1; an arrival {status, generation, parties}.
local state, waiting, passed, broken = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local call = redis.call
local operation, channel, path, id, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local WAITING, TRIPPED, BROKEN, MISMATCHED = 0, 1, 2, 3
local REMEMBERED, KEPT = 100, 86400000

local time = call('TIME')
local now = math.floor((time[1] * 1000000 + time[2]) / 1000)
local function text(number) return string.format('%.0f', number) end

local generation = tonumber(call('HGET', state, 'generation') or 1)
local parties = tonumber(call('HGET', state, 'parties') or 0)

local function keep()
  call('HSET', state, 'generation', text(generation), 'parties', text(parties))
  for _, key in ipairs(KEYS) do call('PEXPIRE', key, text(KEPT + lease)) end
end

local function finish()
  call('DEL', waiting)
  generation = generation + 1
  keep()
  redis.pcall('PUBLISH', channel, path .. '\n')
end

local function breakGeneration()
  call('ZADD', broken, text(generation), text(generation))
  if call('ZCARD', broken) > REMEMBERED then call('ZREMRANGEBYRANK', broken, 0, 0) end
  finish()
end

local function renew()
  call('ZADD', waiting, text(now + lease), id)
  keep()
end

local function arrive(own, wanted)
  local here = call('ZSCORE', waiting, id)
  local new = own == 0 and not here
  if new and call('SISMEMBER', passed, id) == 1 then return {TRIPPED, generation - 1, parties} end
  if not new and not here then
    local over = own < generation and not call('ZSCORE', broken, text(own))
    return {over and TRIPPED or BROKEN, own, parties}
  end
  if new and call('ZCARD', waiting) > 0 and parties ~= wanted then
    return {MISMATCHED, generation, parties}
  end
  if new then parties = wanted end
  renew()
  if call('ZCARD', waiting) < parties then return {WAITING, generation, parties} end
  call('DEL', passed)
  for _, each in ipairs(call('ZRANGE', waiting, 0, -1)) do call('SADD', passed, each) end
  finish()
  return {TRIPPED, generation - 1, parties}
end

if call('ZCOUNT', waiting, '-inf', '(' .. text(now)) > 0 then breakGeneration() end
if operation == 'arrive' then
  return arrive(tonumber(ARGV[6]), tonumber(ARGV[7]))
elseif not call('ZSCORE', waiting, id) then
  return 0
elseif operation == 'renew' then
  renew()
else
  breakGeneration()
end
return 1
