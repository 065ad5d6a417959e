// Holds every request of ours to Google, and every answer of its double, against what Google publishes. Stricter than
// the document: a property or parameter that it does not name is a mistake.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';

const file = fileURLToPath(new URL('../../calendar_doubles/google-calendar.contract.json', import.meta.url));

function strict(node) {
  if (Array.isArray(node)) return node.map(strict);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strict(value)]));
  delete copy.format; // of numbers and times in Google's own words
  if (copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

export class GoogleContract {
  constructor() {
    this.document = strict(JSON.parse(fs.readFileSync(file, 'utf8')));
    this.ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
    this.ajv.addSchema(this.document, 'google');
    this.schemas = new Map();
  }

  schema(name) {
    if (!this.schemas.has(name)) this.schemas.set(name, this.ajv.compile({ $ref: `google#/components/schemas/${name}` }));
    return this.schemas.get(name);
  }

  resolved(parameter) {
    return parameter.$ref ? this.document.components.parameters[parameter.$ref.split('/').pop()] : parameter;
  }

  operation(method, path) {
    const parts = path.split('/');
    // A name in the template's place before a parameter: "watch" is no event.
    const found = Object.entries(this.document.paths).sort(([a], [b]) => a.split('{').length - b.split('{').length).find(([template]) => {
      const expected = template.split('/');
      return expected.length === parts.length && expected.every((part, i) => part.startsWith('{') || part === parts[i]);
    });
    assert.ok(found?.[1][method.toLowerCase()], `Google has no ${method} ${path}`);
    return { ...found[1][method.toLowerCase()], shared: found[1].parameters ?? [] };
  }

  valid(name, value, where) {
    const validate = this.schema(name);
    assert.ok(validate(value), `${where}: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 800)}`);
  }

  request(method, path, query, body) {
    const operation = this.operation(method, path);
    const known = new Map([...(operation.parameters ?? []), ...operation.shared].map((each) => this.resolved(each)).map((each) => [each.name, each]));
    for (const [name, value] of query) {
      const parameter = known.get(name);
      assert.ok(parameter?.in === 'query', `${method} ${path}: Google knows no parameter ${name}`);
      if (parameter.schema.enum) assert.ok(parameter.schema.enum.includes(value), `${name}=${value}`);
      if (parameter.schema.type === 'integer') assert.match(value, /^\d+$/, name);
      if (parameter.schema.type === 'boolean') assert.match(value, /^(true|false)$/, name);
    }
    if (body) this.valid(/\/(watch|stop)$/.test(path) ? 'Channel' : 'Event', JSON.parse(body), `${method} ${path}`);
  }

  answer(method, path, value) {
    const name = path.endsWith('/watch') ? 'Channel' : path.endsWith('/calendarList') ? 'CalendarList' : method === 'GET' && path.endsWith('/events') ? 'Events' : 'Event';
    if (value !== undefined) this.valid(name, JSON.parse(JSON.stringify(value, (key, part) => (key === 'version' || key === 'waits' ? undefined : part))), `answer to ${method} ${path}`);
  }
}
