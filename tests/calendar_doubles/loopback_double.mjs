// What the doubles of providers share: real HTTP on loopback, what was asked, and faults on command. A subclass has
// route() for what it is asked, error() for how it says no, and status() for how it says yes.
import http from 'node:http';

export class Refusal extends Error {
  constructor(status, reason, message = reason, headers = {}) {
    super(message);
    Object.assign(this, { status, reason, headers });
  }
}

export class LoopbackDouble {
  type = 'application/json; charset=UTF-8';

  static async start() {
    const double = new this();
    double.server = http.createServer((request, response) => double.receive(request, response));
    await new Promise((resolve) => double.server.listen(0, '127.0.0.1', resolve));
    double.base = `http://127.0.0.1:${double.server.address().port}`;
    return double;
  }

  constructor() {
    this.requests = []; // what was asked, newest last
    this.headers = []; // of the requests, in their order
    this.bodies = []; // of those that had one
    this.faults = []; // { match, times, status, reason, headers, after, drop, stall, truncate }
    this.contract = undefined; // tests/e2e/lib/*_contract.mjs
    this.violations = []; // of the contract, ours or the double's
    this.inside = 0; // calls that are being answered
    this.insideMost = 0;
    this.slow = 0; // milliseconds that each answer takes
  }

  /** `match`: part of "METHOD /path". */
  fault(match, answer) { this.faults.push({ match, times: 1, ...answer }); }
  count(match) { return this.requests.filter((line) => line.includes(match)).length; }

  async receive(request, response) {
    this.inside += 1;
    this.insideMost = Math.max(this.insideMost, this.inside);
    response.on('close', () => { this.inside -= 1; });
    let body = '';
    for await (const chunk of request) body += chunk;
    if (this.slow) await new Promise((resolve) => setTimeout(resolve, this.slow));
    const url = new URL(request.url, this.base);
    const line = `${request.method} ${url.pathname}`;
    this.requests.push(`${line}${url.search}`);
    this.headers.push(request.headers);
    if (body) this.bodies.push(body);
    const fault = this.faults.find((each) => each.times > 0 && line.includes(each.match));
    if (fault) fault.times -= 1;
    if (fault?.drop) return request.socket.destroy();
    if (fault?.stall) return undefined; // until the client loses patience
    if (fault?.status && !fault.after) return this.reply(response, fault.status, this.error(url, new Refusal(fault.status, fault.reason ?? fault.code)), fault.headers);
    let result;
    try {
      result = await this.route(request, url, body);
    } catch (refusal) {
      if (refusal instanceof Refusal) return this.reply(response, refusal.status, this.error(url, refusal), refusal.headers);
      this.violations.push(refusal.message);
      return this.reply(response, 400, this.error(url, new Refusal(400, 'contract')));
    }
    if (fault?.after === 'drop') return request.socket.destroy(); // done, and the answer is lost
    if (fault?.after === 'stall') return undefined; // done, and never answered
    if (fault?.after === 'status') return this.reply(response, fault.status, this.error(url, new Refusal(fault.status)));
    if (fault?.truncate) {
      const text = JSON.stringify(result ?? {});
      response.writeHead(200, { 'content-type': this.type, 'content-length': text.length });
      response.write(text.slice(0, text.length / 2));
      return setTimeout(() => request.socket.destroy(), 20);
    }
    return this.reply(response, this.status(request, url, result), result);
  }

  status(request, url, result) { return result === undefined ? 204 : 200; }
  /** What of a stored thing is shown: JSON.stringify's replacer. */
  shown(key, part) { return part; }

  reply(response, status, value, headers = {}) {
    response.writeHead(status, { 'content-type': this.type, ...headers });
    response.end(value === undefined ? '' : JSON.stringify(value, this.shown));
  }

  async stop() {
    if (this.violations.length) console.error(this.violations.join('\n'));
    this.server.closeAllConnections?.();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
