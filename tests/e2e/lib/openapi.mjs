// Holds every answer against the published OpenAPI document: an unlisted route, status or media type,
// or a body that breaks its schema, fails the test that received it.
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const pointer = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1');

export class Contract {
  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'contract');
    this.compiled = new Map();
    this.templates = Object.keys(document.paths).map((path) => ({ path, parts: path.split('/') }));
  }

  static async load(base) {
    const answer = await fetch(`${base}/api/v1/openapi.json`);
    assert.equal(answer.status, 200);
    return new Contract(await answer.json());
  }

  /** The path template that answers `path`; literal segments win over names, from the left. */
  match(path) {
    const parts = path.split('/');
    const fits = this.templates.filter(({ parts: t }) =>
      t.length === parts.length && t.every((segment, i) => segment.startsWith('{') ? parts[i] !== '' : segment === parts[i]));
    const score = ({ parts: t }) => t.map((segment) => (segment.startsWith('{') ? '1' : '0')).join('');
    return fits.sort((a, b) => score(a).localeCompare(score(b)))[0]?.path;
  }

  check(method, path, status, contentType, text) {
    const template = this.match(path);
    assert.ok(template, `${method} ${path}: no such route in the OpenAPI document`);
    const operation = this.document.paths[template][method.toLowerCase()];
    if (!operation && status === 405) return;
    assert.ok(operation, `${method} ${template}: not in the OpenAPI document`);
    const where = `${method} ${template} → ${status}`;
    let response = operation.responses[String(status)];
    assert.ok(response, `${where}: status not listed; body: ${text.slice(0, 300)}`);
    let at = `/paths/${pointer(template)}/${method.toLowerCase()}/responses/${status}`;
    if (response.$ref) {
      at = response.$ref.slice(1);
      response = at.slice(1).split('/').reduce((node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
    }
    if (!response.content) {
      assert.equal(text, '', `${where}: a body where the document lists none`);
      return;
    }
    const media = (contentType ?? '').split(';')[0].trim();
    assert.ok(response.content[media], `${where}: media type ${media} not listed`);
    if (!media.endsWith('json')) return;
    const key = `${at}/content/${pointer(media)}/schema`;
    if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile({ $ref: `contract#${encodeURI(key).replaceAll('#', '%23')}` }));
    const validate = this.compiled.get(key);
    assert.ok(validate(JSON.parse(text)), `${where}: ${this.ajv.errorsText(validate.errors)}\n${text.slice(0, 1500)}`);
  }
}
