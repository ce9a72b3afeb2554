-- A semaphore: see SemaphoreState, which does the same.
-- KEYS: held (end of lease by id), line (place by id), ends (end of lease by id in the line), tokens (by id;
-- the last one under an empty name).
-- ARGV: operation, channel, path, id, lease in milliseconds, permits, whether the caller waits (0 or 1).
-- Returns 0 or 1; a claim {1, token, 0} or {0, 0, milliseconds until a lease ends}.
local held, line, ends, tokens = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local call = redis.call
local operation, channel, path, id, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local KEPT = 86400000

local time = call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = math.floor(micros / 1000)
local function text(number) return string.format('%.0f', number) end

-- Without the permission to publish, those that wait ask from time to time.
local function wakeFirst()
  local first = call('ZRANGE', line, 0, 0)[1]
  if first then redis.pcall('PUBLISH', channel, path .. '\n' .. first) end
end

local function keep()
  for _, key in ipairs(KEYS) do call('PEXPIRE', key, text(KEPT + lease)) end
end

local function expire()
  local over = '(' .. text(now)
  local died = call('ZRANGEBYSCORE', held, '-inf', over)
  for _, each in ipairs(died) do
    call('ZREM', held, each)
    call('HDEL', tokens, each)
  end
  local left = call('ZRANGEBYSCORE', ends, '-inf', over)
  for _, each in ipairs(left) do
    call('ZREM', line, each)
    call('ZREM', ends, each)
  end
  if #died + #left > 0 then wakeFirst() end
end

local function hold()
  call('ZADD', held, text(now + lease), id)
  keep()
end

local function grant()
  local last = tonumber(call('HGET', tokens, '') or 0)
  local token = text(math.max(last + 1, micros))
  call('HSET', tokens, '', token, id, token)
  call('ZREM', line, id)
  call('ZREM', ends, id)
  hold()
  wakeFirst()
end

local function keepPlace()
  if not call('ZSCORE', line, id) then
    local last = call('ZRANGE', line, -1, -1, 'WITHSCORES')[2]
    call('ZADD', line, text(tonumber(last or 0) + 1), id)
  end
  call('ZADD', ends, text(now + lease), id)
  keep()
end

local function nextEnd()
  local first = math.huge
  for _, key in ipairs({held, ends}) do
    local score = call('ZRANGE', key, 0, 0, 'WITHSCORES')[2]
    if score then first = math.min(first, tonumber(score)) end
  end
  return first + 1
end

expire()
if operation == 'claim' then
  local permits = tonumber(ARGV[6])
  if call('ZSCORE', held, id) then
    hold()
  else
    local place = call('ZRANK', line, id) or call('ZCARD', line)
    if call('ZCARD', held) + place >= permits then
      if ARGV[7] == '1' then keepPlace() end
      return {0, 0, nextEnd() - now}
    end
    grant()
  end
  return {1, tonumber(call('HGET', tokens, id)), 0}
elseif operation == 'renew' then
  if not call('ZSCORE', held, id) then return 0 end
  hold()
  return 1
else
  local removed = call('ZREM', held, id) + call('ZREM', line, id)
  call('HDEL', tokens, id)
  call('ZREM', ends, id)
  if removed == 0 then return 0 end
  wakeFirst()
  return 1
end
