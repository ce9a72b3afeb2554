-- Changes a session as SessionChange describes, as a whole or not at all.
-- KEYS: head (hash), order (id by sequence), messages (hash of h<id> and b<id>), gone (ids by sequence)
-- ARGV: see ChangeArguments. A header is role, pinned (0 or 1) and tokens, such as u012.
-- Returns {1 if applied or 0, revision, added, trimmed, messages, tokens}, or {2} if the session does not
-- exist and has to be listed in the index first.
local head, order, messages, gone = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local call = redis.call
local REMEMBERED = 1024
local PAGE = 200

local at = 0
local function take()
  at = at + 1
  return ARGV[at]
end
local function takeAll(size)
  local all = {}
  for i = 1, tonumber(take()) do
    local item = {}
    for j = 1, size do item[j] = take() end
    all[i] = item
  end
  return all
end
local function text(number) return string.format('%.0f', number) end
local function tokensOf(header) return tonumber(string.sub(header, 3)) end

local listed, wanted, wantedNumber = take(), take(), take()
local most, mostTokens = tonumber(take()), tonumber(take())
local timeToLive, summary, summaryNumber = take(), take(), take()
local toRemove, toAppend, toPin, toSet = takeAll(1), takeAll(3), takeAll(2), takeAll(4)

local state = call('HMGET', head, 'revision', 'tokens', 'number', 'expires', 'sequence')
local revision = tonumber(state[1] or 0)
local tokens = tonumber(state[2] or 0)
local expires = state[4]
local sequence = tonumber(state[5] or 0)
local count = call('ZCARD', order)
local function outcome(applied, added, trimmed)
  return {applied, revision, added, trimmed, count, tokens}
end

-- Conditions. A value in ARGV is '=' and its JSON, or empty for none.
if wanted ~= '' and tonumber(wanted) ~= revision then return outcome(0, 0, 0) end
if wantedNumber ~= '' and tonumber(wantedNumber) ~= tonumber(state[3] or 0) then return outcome(0, 0, 0) end
local values = {}
for _, value in ipairs(toSet) do
  local name = value[1]
  if values[name] == nil then
    local json = call('HGET', head, 'v:' .. name)
    values[name] = json and '=' .. json or ''
  end
  if value[2] == '1' and value[3] ~= values[name] then return outcome(0, 0, 0) end
end

-- The plan; nothing is written before it is complete.
local removed, added, headers = {}, {}, {}
for _, item in ipairs(toRemove) do
  if call('ZSCORE', order, item[1]) then removed[#removed + 1] = item[1] end
end
for _, item in ipairs(toAppend) do
  local id = item[1]
  if not headers[id] and not call('ZSCORE', order, id) and not call('ZSCORE', gone, id) then
    headers[id] = item[2]
    added[#added + 1] = item
  end
end
local sets = {}
for _, value in ipairs(toSet) do
  if value[4] ~= values[value[1]] then
    values[value[1]] = value[4]
    sets[#sets + 1] = value
  end
end
if revision == 0 then
  if #added == 0 and #sets == 0 and summary == '' then return outcome(1, 0, 0) end
  if listed ~= '1' then return {2} end
end

local changed = #removed + #added + #sets > 0 or summary ~= ''
local function remove(id)
  tokens = tokens - tokensOf(call('HGET', messages, 'h' .. id))
  count = count - 1
  sequence = sequence + 1
  call('ZREM', order, id)
  call('HDEL', messages, 'h' .. id, 'b' .. id)
  call('ZADD', gone, text(sequence), id)
end
for _, id in ipairs(removed) do remove(id) end
for _, item in ipairs(added) do
  sequence = sequence + 1
  call('ZADD', order, text(sequence), item[1])
  call('HSET', messages, 'h' .. item[1], item[2], 'b' .. item[1], item[3])
  tokens = tokens + tokensOf(item[2])
  count = count + 1
end
for _, item in ipairs(toPin) do
  local header = call('HGET', messages, 'h' .. item[1])
  if header and string.sub(header, 2, 2) ~= item[2] then
    call('HSET', messages, 'h' .. item[1], string.sub(header, 1, 1) .. item[2] .. string.sub(header, 3))
    changed = true
  end
end
for _, value in ipairs(sets) do
  if value[4] == '' then
    call('HDEL', head, 'v:' .. value[1])
  else
    call('HSET', head, 'v:' .. value[1], string.sub(value[4], 2))
  end
end
if summary ~= '' then call('HSET', head, 'summary', summary, 'number', summaryNumber) end

-- Trims the oldest turns without a pinned message, as SessionTurns.excess does; it reads headers only.
local trimmed = 0
local function exceeds(number, sum) return number > most or sum > mostTokens end
if exceeds(count, tokens) then
  local left, leftTokens = count, tokens
  local excess, turn, turnTokens, pinned = {}, {}, 0, false
  local start, ids = 0, nil
  repeat
    ids = call('ZRANGE', order, start, start + PAGE - 1)
    local fields = {}
    for i, id in ipairs(ids) do fields[i] = 'h' .. id end
    local found = #ids > 0 and call('HMGET', messages, unpack(fields)) or {}
    for i, id in ipairs(ids) do
      local role = string.sub(found[i], 1, 1)
      if role ~= 's' then
        if role == 'u' and #turn > 0 then -- a newer turn follows
          if not pinned then
            for _, each in ipairs(turn) do excess[#excess + 1] = each end
            left, leftTokens = left - #turn, leftTokens - turnTokens
            if not exceeds(left, leftTokens) then break end
          end
          turn, turnTokens, pinned = {}, 0, false
        end
        turn[#turn + 1] = id
        turnTokens = turnTokens + tokensOf(found[i])
        pinned = pinned or string.sub(found[i], 2, 2) == '1'
      end
    end
    start = start + PAGE
  until #ids < PAGE or not exceeds(left, leftTokens)
  for _, id in ipairs(excess) do remove(id) end
  trimmed = #excess
end

changed = changed or trimmed > 0
if changed then
  revision = revision + 1
  call('HSET', head, 'revision', text(revision), 'tokens', text(tokens), 'sequence', text(sequence))
  call('ZREMRANGEBYRANK', gone, 0, -REMEMBERED - 1)
end
if timeToLive ~= '' then
  local now = call('TIME')
  expires = text(now[1] * 1000 + math.floor(now[2] / 1000) + timeToLive)
  call('HSET', head, 'expires', expires)
end
if expires and (changed or timeToLive ~= '') then
  for _, key in ipairs(KEYS) do call('PEXPIREAT', key, expires) end
end
return outcome(1, #added, trimmed)
