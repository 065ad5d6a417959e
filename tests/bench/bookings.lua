-- wrk: whole bookings, each of another slot and another new contact, with one guest.
-- Environment: HOSTS, HOST_FROM (number of the first host, default 1), FIRST (number of the first booking, so that runs
-- do not meet), EPOCH (first slot).
local hosts = tonumber(os.getenv("HOSTS") or "1000")
local host_from = tonumber(os.getenv("HOST_FROM") or "1")
n = tonumber(os.getenv("FIRST") or "0")
local epoch = tonumber(os.getenv("EPOCH"))
local failed = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
function request()
  local host, slot = n % hosts + host_from, math.floor(n / hosts)
  local start = os.date("!%Y-%m-%dT%H:%M:%SZ", epoch + slot * 900)
  local body = string.format('{"start":"%s","timezone":"UTC","attendee_name":"Bench %d","attendee_email":"bench%d.%d@prospect.test","guests":["friend%d.%d@prospect.test"]}', start, n, n, host_from, n, host_from)
  n = n + 1
  return wrk.format("POST", "/schedule/bench-" .. host .. "/call/book", nil, body)
end
local thread
function setup(t) thread = t end
function response(status, headers, body)
  if status ~= 201 then
    failed = failed + 1
    if failed < 4 then io.stderr:write(status, " ", body:sub(1, 300), "\n") end
  end
end
function done(summary, latency)
  io.write(string.format("RESULT rps=%.0f p50_us=%d p99_us=%d requests=%d non2xx=%d errors=%d last=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), summary.requests,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, thread:get("n")))
end
