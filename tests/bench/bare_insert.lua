-- wrk: one INSERT under the same exclusion constraint, behind the same HTTP server.
local hosts = tonumber(os.getenv("HOSTS") or "1000")
n = tonumber(os.getenv("FIRST") or "0")
local epoch = tonumber(os.getenv("EPOCH"))
function request()
  local host, slot = n % hosts + 1, math.floor(n / hosts)
  n = n + 1
  return wrk.format("POST", "/bare-insert?host=" .. host .. "&start=" .. (epoch + slot * 900), { ["Content-Type"] = "application/json" }, "{}")
end
local thread
function setup(t) thread = t end
function done(summary, latency)
  io.write(string.format("RESULT rps=%.0f p50_us=%d p99_us=%d requests=%d non2xx=%d errors=%d last=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), summary.requests,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, thread:get("n")))
end
