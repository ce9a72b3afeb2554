-- Budgets: what is spent, and what each JVM (owner) has reserved.
-- KEYS: operations whose answers no client has acknowledged, ends of the owners' leases; then for each account:
-- its money, what each owner has reserved of it, windows of the budget, holders of the window by what they spent.
-- ARGV: operation (reserve, settle, read, announce), its id, owner, lease in milliseconds, number of acknowledged
-- operations, their ids; then for each account: holder, window, its end in milliseconds, two amounts
-- (limit and amount, or released and spent, or percent).
-- Returns the number of the account that refuses, or 0; then what is spent and reserved of each account.
-- Amounts have up to 19 digits, which a number of Lua cannot hold: {billions, rest}.
local call = redis.call
local operation, id, owner, lease, acknowledged = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local operations, owners = KEYS[1], KEYS[2]
local DAY = 86400000

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end

local function amount(text)
  text = text or '0'
  if #text <= 9 then return {0, tonumber(text)} end
  return {tonumber(text:sub(1, -10)), tonumber(text:sub(-9))}
end
local MOST = amount('9223372036854775807')
local function less(a, b) return a[1] < b[1] or a[1] == b[1] and a[2] < b[2] end
local function plus(a, b)
  local sum = {a[1] + b[1], a[2] + b[2]}
  if sum[2] >= 1e9 then sum = {sum[1] + 1, sum[2] - 1e9} end
  return less(MOST, sum) and MOST or sum
end
local function minus(a, b)
  if less(a, b) then return {0, 0} end
  local rest = {a[1] - b[1], a[2] - b[2]}
  if rest[2] < 0 then rest = {rest[1] - 1, rest[2] + 1e9} end
  return rest
end
local function text(a)
  if a[1] == 0 then return whole(a[2]) end
  return whole(a[1]) .. string.format('%09.0f', a[2])
end

local accounts = {}
for i = 1, (#KEYS - 2) / 4 do
  local key, argument = 2 + (i - 1) * 4, 5 + acknowledged + (i - 1) * 5
  accounts[i] = {
    money = KEYS[key + 1], held = KEYS[key + 2], windows = KEYS[key + 3], holders = KEYS[key + 4],
    holder = ARGV[argument + 1], window = ARGV[argument + 2], ends = tonumber(ARGV[argument + 3]),
    first = ARGV[argument + 4], second = ARGV[argument + 5],
  }
end

local function spent(account) return amount(call('HGET', account.money, 'spent')) end

-- An owner whose lease is over may come back, so that its reservations count again; after a day, it is forgotten.
local function reserved(account)
  local sum = {0, 0}
  local all = call('HGETALL', account.held)
  for i = 1, #all, 2 do
    local ends = call('ZSCORE', owners, all[i])
    if not ends then
      call('HDEL', account.held, all[i])
    elseif tonumber(ends) > now then
      sum = plus(sum, amount(all[i + 1]))
    end
  end
  return sum
end

local function keep(account)
  local ends = whole(math.max(account.ends, now) + DAY)
  call('ZADD', account.windows, whole(account.ends), account.window)
  call('ZREMRANGEBYSCORE', account.windows, '-inf', whole(now - DAY))
  local last = call('ZRANGE', account.windows, -1, -1, 'WITHSCORES')[2]
  if last then call('PEXPIREAT', account.windows, whole(math.max(tonumber(last), now) + DAY)) end
  call('ZADD', account.holders, text(spent(account)), account.holder)
  for _, key in ipairs({account.money, account.held, account.holders}) do call('PEXPIREAT', key, ends) end
end

local function refusal()
  for i, account in ipairs(accounts) do
    local limit, used = amount(account.first), plus(spent(account), reserved(account))
    local unlimited = not less(limit, MOST)
    if not unlimited and (not less(used, limit) or less(minus(limit, used), amount(account.second))) then return i end
  end
  return 0
end

local function reserve()
  for _, account in ipairs(accounts) do
    local held = plus(amount(call('HGET', account.held, owner)), amount(account.second))
    if held[1] + held[2] > 0 then call('HSET', account.held, owner, text(held)) end
    keep(account)
  end
end

local function settle()
  for _, account in ipairs(accounts) do
    local held = minus(amount(call('HGET', account.held, owner)), amount(account.first))
    if held[1] + held[2] > 0 then
      call('HSET', account.held, owner, text(held))
    else
      call('HDEL', account.held, owner)
    end
    call('HSET', account.money, 'spent', text(plus(spent(account), amount(account.second))))
    keep(account)
  end
end

for i = 1, acknowledged do call('ZREM', operations, ARGV[5 + i]) end
call('ZREMRANGEBYSCORE', owners, '-inf', whole(now - DAY))
call('ZADD', owners, whole(now + lease), owner)
call('PEXPIRE', owners, whole(2 * DAY + lease))

local refused = 0
if operation ~= 'read' and not call('ZSCORE', operations, id) then
  if operation == 'reserve' then
    refused = refusal()
    if refused == 0 then reserve() end
  elseif operation == 'settle' then
    settle()
  else
    local first = call('HSETNX', accounts[1].money, '%' .. accounts[1].first, id)
    if first == 0 then refused = 1 end
    keep(accounts[1])
  end
  if refused == 0 then
    call('ZADD', operations, whole(now), id)
    call('ZREMRANGEBYSCORE', operations, '-inf', whole(now - DAY))
    call('PEXPIRE', operations, whole(DAY))
  end
end

local reply = {refused}
for _, account in ipairs(accounts) do
  reply[#reply + 1] = text(spent(account))
  reply[#reply + 1] = text(reserved(account))
end
return reply
