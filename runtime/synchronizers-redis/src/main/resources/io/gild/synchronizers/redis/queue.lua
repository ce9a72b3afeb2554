-- A queue: see FairQueueState, which does the same.
-- KEYS: ready (round by item, which begins with its number), taken (end of lease by id of what is taken),
-- items (hash: i<element> and t<taken> have an item; p, x, r, d and e<item> its producer, text, round,
-- deliveries and element), counts (by producer), rounds (the last one by producer), state (hash of round and
-- number).
-- ARGV: operation, channel, path, id, lease in milliseconds; an offer also producer, text, deliveries,
-- capacity and capacity per producer.
-- Returns 0 or 1; what is taken {element, producer, text, deliveries}, or {}.
local ready, taken, items, counts, rounds, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local call = redis.call
local operation, channel, path, id, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])

local time = call('TIME')
local now = math.floor((time[1] * 1000000 + time[2]) / 1000)
local function text(number) return string.format('%.0f', number) end
local function wakeAll() redis.pcall('PUBLISH', channel, path .. '\n') end

local function giveBack(which)
  local item = call('HGET', items, 't' .. which)
  if not item then return 0 end
  call('ZREM', taken, which)
  call('HDEL', items, 't' .. which)
  call('ZADD', ready, call('HGET', items, 'r' .. item), item)
  wakeAll()
  return 1
end

local function offer(producer, element, deliveries, capacity, capacityPerProducer)
  if call('HEXISTS', items, 'i' .. id) == 1 then return 1 end
  local own = tonumber(call('HGET', counts, producer) or 0)
  if call('ZCARD', ready) + call('ZCARD', taken) >= capacity or own >= capacityPerProducer then return 0 end
  local current = tonumber(call('HGET', state, 'round') or 0)
  local round = text(math.max(current, tonumber(call('HGET', rounds, producer) or 0)) + 1)
  local item = string.format('%016.0f', call('HINCRBY', state, 'number', 1))
  call('HSET', items, 'i' .. id, item, 'p' .. item, producer, 'x' .. item, element, 'r' .. item, round,
    'd' .. item, deliveries, 'e' .. item, id)
  call('HINCRBY', counts, producer, 1)
  call('HSET', rounds, producer, round)
  call('ZADD', ready, round, item)
  wakeAll()
  return 1
end

local function take()
  local item = call('HGET', items, 't' .. id)
  if not item then
    item = call('ZRANGE', ready, 0, 0)[1]
    if not item then return {} end
    call('ZREM', ready, item)
    call('HSET', items, 't' .. id, item)
    call('HINCRBY', items, 'd' .. item, 1)
    local round = tonumber(call('HGET', items, 'r' .. item))
    local current = tonumber(call('HGET', state, 'round') or 0)
    call('HSET', state, 'round', text(math.max(current, round)))
  end
  call('ZADD', taken, text(now + lease), id)
  return call('HMGET', items, 'e' .. item, 'p' .. item, 'x' .. item, 'd' .. item)
end

local function finish()
  local item = call('HGET', items, 't' .. id)
  if not item then return 0 end
  local producer = call('HGET', items, 'p' .. item)
  call('ZREM', taken, id)
  call('HDEL', items, 't' .. id, 'i' .. call('HGET', items, 'e' .. item), 'p' .. item, 'x' .. item, 'r' .. item,
    'd' .. item, 'e' .. item)
  if call('HINCRBY', counts, producer, -1) <= 0 then
    call('HDEL', counts, producer)
    call('HDEL', rounds, producer)
  end
  if call('ZCARD', ready) + call('ZCARD', taken) == 0 then call('DEL', state) end
  wakeAll()
  return 1
end

for _, each in ipairs(call('ZRANGEBYSCORE', taken, '-inf', '(' .. text(now))) do giveBack(each) end
if operation == 'offer' then
  return offer(ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10]))
elseif operation == 'take' then
  return take()
elseif operation == 'finish' then
  return finish()
elseif operation == 'release' then
  return giveBack(id)
elseif call('HEXISTS', items, 't' .. id) == 0 then
  return 0
end
call('ZADD', taken, text(now + lease), id)
return 1
