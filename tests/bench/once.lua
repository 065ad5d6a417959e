-- wrk: every host of HOSTS once, then an end. TARGET holds %d where the host's number goes.
local hosts = tonumber(os.getenv("HOSTS") or "1000")
local target = os.getenv("TARGET")
local n = 0
function request()
  n = n + 1
  return wrk.format("GET", (target:gsub("%%d", tostring((n - 1) % hosts + 1))))
end
local answered = 0
function response()
  answered = answered + 1
  if answered >= hosts then wrk.thread:stop() end
end
function done(summary, latency)
  io.write(string.format("RESULT p50_us=%d p99_us=%d max_us=%d requests=%d non2xx=%d\n",
    latency:percentile(50), latency:percentile(99), latency.max, summary.requests,
    summary.errors.status))
end
