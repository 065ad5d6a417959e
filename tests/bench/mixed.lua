-- wrk: the mixture a live host sees: pages, slots, bookings, refusals, bad input, unknown paths.
local hosts = tonumber(os.getenv("HOSTS") or "1000")
n = tonumber(os.getenv("FIRST") or "0")
local epoch = tonumber(os.getenv("EPOCH"))
local reads_only = os.getenv("MIXED_READS_ONLY") ~= nil
local day = os.date("!%Y-%m-%d", epoch)
function request()
  n = n + 1
  local host, kind = n % hosts + 1, n % 10
  if kind < 4 then return wrk.format("GET", "/schedule/bench-" .. host .. "/call/slots?date=" .. day) end
  if kind < 6 then return wrk.format("GET", "/schedule/bench-" .. host .. "/call?date=" .. day, { Accept = "text/html" }) end
  if kind == 6 then return wrk.format("GET", "/schedule/nobody-" .. n, { Accept = "text/html" }) end
  if kind == 7 then return wrk.format("POST", "/schedule/bench-" .. host .. "/call/book", { ["Content-Type"] = "application/json" }, '{"start":"nonsense"}') end
  if kind == 8 or reads_only then return wrk.format("GET", "/healthz") end
  local start = os.date("!%Y-%m-%dT%H:%M:%SZ", epoch + math.floor(n / hosts) * 900)
  return wrk.format("POST", "/schedule/bench-" .. host .. "/call/book", { ["Content-Type"] = "application/json" },
    string.format('{"start":"%s","timezone":"UTC","attendee_name":"Mixed","attendee_email":"mixed%d@prospect.test"}', start, n))
end
local thread
function setup(t) thread = t end
function done(summary, latency)
  io.write(string.format("RESULT rps=%.0f p50_us=%d p99_us=%d requests=%d last=%d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99), summary.requests, thread:get("n")))
end
