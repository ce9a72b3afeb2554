-- Token limits: the requests of the last minute, and those that wait. See TokenWindow, which does the same.
-- KEYS for each account: started (time by id), tokens (of started and waiting requests), line (place by id),
-- asked (last time by id), state.
-- ARGV: operation (acquire, settle, cancel, learn, pause, used), present time in microseconds (empty: that of
-- Redis), id; then for each account three numbers (acquire: requests and tokens per minute, tokens), or those of
-- the operation.
-- Returns a number: of acquire the microseconds to wait, of used the tokens.
local call = redis.call
local operation, id = ARGV[1], ARGV[3]
local MINUTE, PATIENCE, SCANNED = 60000000, 10000000, 256
local KEPT, STATE_KEPT = 120000, 3600000

local time = call('TIME')
local now = ARGV[2] == '' and time[1] * 1000000 + time[2] or tonumber(ARGV[2])
local function whole(number) return string.format('%.0f', number) end

local windows = {}
for i = 1, #KEYS / 5 do
  local key = (i - 1) * 5
  windows[i] = {started = KEYS[key + 1], tokens = KEYS[key + 2], line = KEYS[key + 3], asked = KEYS[key + 4], state = KEYS[key + 5]}
end

local function state(window, name) return tonumber(call('HGET', window.state, name) or 0) end
local function set(window, ...) call('HSET', window.state, ...) end
local function tokens(window, kind, of) return tonumber(call('HGET', window.tokens, kind .. of) or 0) end
local function add(window, amount) set(window, 'sum', whole(math.max(0, state(window, 'sum') + amount))) end

local function leave(window, of)
  call('ZREM', window.line, of)
  call('ZREM', window.asked, of)
  call('HDEL', window.tokens, 'w' .. of)
end

local function finish(window, of)
  if call('ZREM', window.started, of) == 1 then
    add(window, -tokens(window, 's', of))
    call('HDEL', window.tokens, 's' .. of)
  end
end

local function advance(window)
  for _, over in ipairs(call('ZRANGEBYSCORE', window.started, '-inf', whole(now - MINUTE))) do finish(window, over) end
  for _, gone in ipairs(call('ZRANGEBYSCORE', window.asked, '-inf', '(' .. whole(now - PATIENCE))) do leave(window, gone) end
  if call('EXISTS', window.started) == 0 then set(window, 'sum', '0') end
  if state(window, 'othersUntil') <= now then call('HDEL', window.state, 'othersTokens', 'othersRequests', 'othersUntil') end
  if state(window, 'pausedUntil') <= now then call('HDEL', window.state, 'pausedUntil') end
end

local function keep(window)
  for _, key in ipairs({window.started, window.tokens, window.line, window.asked}) do call('PEXPIRE', key, KEPT) end
  local paused = math.max(0, state(window, 'pausedUntil') - now) / 1000
  call('PEXPIRE', window.state, whole(STATE_KEPT + paused))
end

local function lower(given, learned)
  if given > 0 and learned > 0 then return math.min(given, learned) end
  return math.max(given, learned)
end
local function bounded(amount, limit) return limit > 0 and math.min(amount, limit) or amount end

-- After what time there is room for an amount.
local function room(window, amount, limit, kind)
  if limit <= 0 then return 0 end
  local others = state(window, 'others' .. kind)
  local used = (kind == 'Requests' and call('ZCARD', window.started) or state(window, 'sum')) + others
  local rounds = math.max(0, math.ceil(amount / limit) - 1)
  local needed = amount - rounds * limit
  if used + needed <= limit and rounds == 0 then return 0 end
  local ends = now
  if used + needed > limit then
    local all = call('ZRANGE', window.started, 0, -1, 'WITHSCORES')
    for i = 1, #all, 2 do
      if used + needed <= limit then break end
      used = used - (kind == 'Requests' and 1 or tokens(window, 's', all[i]))
      ends = tonumber(all[i + 1]) + MINUTE
    end
  end
  if used + needed > limit and others > 0 then ends = math.max(ends, state(window, 'othersUntil')) end
  return math.max(1, ends - now + rounds * MINUTE)
end

local function wait(window)
  local place = call('ZRANK', window.line, id)
  local before, sum = call('ZRANGE', window.line, 0, math.min(place, SCANNED) - 1), 0
  if place == 0 then before = {} end
  for _, each in ipairs(before) do sum = sum + bounded(tokens(window, 'w', each), window.tokenLimit) end
  if #before > 0 then sum = sum * place / #before end -- a long line is estimated by its beginning
  sum = math.ceil(sum + bounded(window.wanted, window.tokenLimit))
  local paused = math.max(0, state(window, 'pausedUntil') - now)
  return math.max(paused, room(window, place + 1, window.requestLimit, 'Requests'), room(window, sum, window.tokenLimit, 'Tokens'))
end

local function enqueue(window)
  if not call('ZSCORE', window.line, id) then
    local last = call('ZRANGE', window.line, -1, -1, 'WITHSCORES')[2]
    call('ZADD', window.line, whole(tonumber(last or 0) + 1), id)
  end
  call('ZADD', window.asked, whole(now), id)
  call('HSET', window.tokens, 'w' .. id, whole(window.wanted))
end

local function start(window)
  leave(window, id)
  finish(window, id)
  local taken = bounded(window.wanted, window.tokenLimit)
  call('ZADD', window.started, whole(now), id)
  call('HSET', window.tokens, 's' .. id, whole(taken))
  add(window, taken)
end

-- A request that was granted, and asks again because the answer was lost, has what it took.
local function isStarted()
  for _, window in ipairs(windows) do
    if not call('ZSCORE', window.started, id) then return false end
  end
  return true
end

local function acquire()
  if isStarted() then return 0 end
  local longest = 0
  for i, window in ipairs(windows) do
    local argument = 3 + (i - 1) * 3
    window.requestLimit = lower(tonumber(ARGV[argument + 1]), state(window, 'requests'))
    window.tokenLimit = lower(tonumber(ARGV[argument + 2]), state(window, 'tokens'))
    window.wanted = tonumber(ARGV[argument + 3])
    enqueue(window)
    longest = math.max(longest, wait(window))
  end
  if longest == 0 then
    for _, window in ipairs(windows) do start(window) end
  end
  return longest
end

-- What others use, if the provider has less left than this account's own use leaves.
local function others(limit, remaining, own)
  if limit <= 0 or remaining < 0 then return '0' end
  return whole(math.max(0, limit - remaining - own))
end

local function learn(window)
  local requests, tokens = tonumber(ARGV[4]), tonumber(ARGV[7])
  if requests > 0 then set(window, 'requests', whole(requests)) end
  if tokens > 0 then set(window, 'tokens', whole(tokens)) end
  local reset = math.max(tonumber(ARGV[6]), tonumber(ARGV[9]))
  set(window,
    'othersRequests', others(requests, tonumber(ARGV[5]), call('ZCARD', window.started)),
    'othersTokens', others(tokens, tonumber(ARGV[8]), state(window, 'sum')),
    'othersUntil', whole(now + (reset < 0 and MINUTE or math.min(MINUTE, reset * 1000))))
end

for _, window in ipairs(windows) do advance(window) end
local answer = 0
if operation == 'acquire' then
  answer = acquire()
elseif operation == 'used' then
  answer = state(windows[1], 'sum')
else
  for _, window in ipairs(windows) do
    if operation == 'settle' then
      if call('ZSCORE', window.started, id) then
        add(window, tonumber(ARGV[4]) - tokens(window, 's', id))
        call('HSET', window.tokens, 's' .. id, whole(tonumber(ARGV[4])))
      end
    elseif operation == 'cancel' then
      leave(window, id)
      finish(window, id)
    elseif operation == 'learn' then
      learn(window)
    else
      set(window, 'pausedUntil', whole(math.max(state(window, 'pausedUntil'), now + tonumber(ARGV[4]))))
    end
  end
end
for _, window in ipairs(windows) do keep(window) end
return whole(math.ceil(answer))
