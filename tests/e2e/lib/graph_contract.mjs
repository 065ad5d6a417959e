// Holds every body that we send to Microsoft Graph, and every answer of its double, against the types that Microsoft
// publishes. They name no paths and headers; those the double checks itself, as the documentation says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';

const file = fileURLToPath(new URL('../../calendar_doubles/graph.contract.json', import.meta.url));

/** What OData writes beside the type's own properties. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('@')).map(([key, part]) => [key, plain(part)]));
}

export class GraphContract {
  constructor() {
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    this.ajv.addSchema(JSON.parse(fs.readFileSync(file, 'utf8')), 'graph');
    this.schemas = new Map();
  }

  valid(name, value, where) {
    if (!this.schemas.has(name)) this.schemas.set(name, this.ajv.compile({ $ref: `graph#/definitions/${name}` }));
    const validate = this.schemas.get(name);
    assert.ok(validate(plain(value)), `${where}: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 800)}`);
  }
}
