-- wrk: GET requests spread over HOSTS; TARGET holds %d where the host's number goes (or none).
local hosts = tonumber(os.getenv("HOSTS") or "1000")
local target = os.getenv("TARGET")
local n = 0
function request()
  n = n + 1
  return wrk.format("GET", (target:gsub("%%d", tostring(n % hosts + 1))))
end
function done(summary, latency)
  io.write(string.format("RESULT rps=%.0f p50_us=%d p99_us=%d requests=%d non2xx=%d errors=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99), summary.requests,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
