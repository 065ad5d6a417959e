// Holds the bodies of our meetings against Zoom's published schema; a property that it does not name is a mistake.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';

const file = fileURLToPath(new URL('../../calendar_doubles/zoom.contract.json', import.meta.url));

export class ZoomContract {
  constructor() {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    this.ajv = ajv;
    this.validate = ajv.compile({ ...JSON.parse(fs.readFileSync(file, 'utf8')), additionalProperties: false });
  }

  valid(meeting, where) {
    assert.ok(this.validate(meeting), `${where}: ${this.ajv.errorsText(this.validate.errors)}\n${JSON.stringify(meeting)}`);
  }
}
