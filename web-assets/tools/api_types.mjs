// Writes src/shared/api/schema.d.ts from the OpenAPI documents of the module and of the reference CRM.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const top = path.resolve(root, '..');
const target = path.join(root, 'src', 'shared', 'api', 'schema.d.ts');

const merged = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'openapi-')), 'openapi.json');
const documents = (folder) => fs.readdirSync(path.join(top, folder)).filter((name) => name.endsWith('.json')).sort().map((name) => path.join(top, folder, name));
const merge = (files, out) =>
  execFileSync('python3', ['-B', path.join(top, 'host-sdk/cmake/merge_openapi.py'), '--version', '0', '--shared', path.join(top, 'host-sdk/openapi/common.json'), '--out', out, ...files]);

const parts = ['plugin/openapi', 'host-sdk/reference_host/openapi'].map((folder, index) => {
  const out = `${merged}.${index}`;
  merge(documents(folder), out);
  return JSON.parse(fs.readFileSync(out, 'utf8'));
});
const document = parts[0];
for (const part of parts.slice(1)) {
  Object.assign(document.paths, part.paths);
  for (const kind of Object.keys(part.components ?? {}))
    document.components[kind] = { ...part.components[kind], ...document.components[kind] };
}
const text = `// Written by tools/api_types.mjs from the OpenAPI documents. Do not edit.\n${astToString(await openapiTS(document))}`;
fs.rmSync(path.dirname(merged), { recursive: true });
fs.writeFileSync(target, text);
