// Builds the scripts and stylesheets into assets/, with .gz and .br beside them.
//   node tools/build.mjs            writes them
//   node tools/build.mjs --check    builds into a temporary folder and fails when assets/ holds anything else
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const isCheck = process.argv.includes('--check');
const built = isCheck ? fs.mkdtempSync(path.join(os.tmpdir(), 'built-')) : path.join(root, 'assets', 'built');
const compressible = /\.(js|css|json|svg)$/;

const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const run = (entry, folder) =>
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir'], { cwd: root, stdio: 'inherit', env: { ...process.env, ENTRY: entry } });
// Each entry by itself (vite.config.ts); their manifests become one.
const manifest = {};
fs.rmSync(built, { recursive: true, force: true });
fs.mkdirSync(built, { recursive: true });
for (const entry of ['settings', 'public']) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `built-${entry}-`));
  run(entry, folder);
  Object.assign(manifest, JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
  fs.cpSync(folder, built, { recursive: true });
  fs.rmSync(folder, { recursive: true });
}
fs.writeFileSync(path.join(built, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

// embed.js keeps its name, because it stands in the pages of others.
const embedFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'built-embed-'));
run('embed', embedFolder);
const embed = fs.readFileSync(path.join(embedFolder, 'embed.js'));
fs.rmSync(embedFolder, { recursive: true });
const embedKept = path.join(root, 'assets', 'embed.js');

const files = (folder) =>
  fs.readdirSync(folder, { recursive: true }).map(String).filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();

if (!isCheck) {
  fs.writeFileSync(embedKept, embed);
  for (const name of files(built).filter((file) => compressible.test(file) && file !== 'manifest.json')) {
    const bytes = fs.readFileSync(path.join(built, name));
    fs.writeFileSync(path.join(built, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    fs.writeFileSync(path.join(built, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }
  process.exit(0);
}

// Compressed bytes differ between versions of the libraries that write them; what they hold does not.
const kept = path.join(root, 'assets', 'built');
const faults = [];
if (!fs.existsSync(embedKept) || !fs.readFileSync(embedKept).equals(embed)) faults.push('../embed.js holds something else');
const expected = new Map(files(built).map((name) => [name, fs.readFileSync(path.join(built, name))]));
fs.rmSync(built, { recursive: true });
for (const name of files(kept)) {
  const bytes = fs.readFileSync(path.join(kept, name));
  const plain = name.endsWith('.gz') ? gunzipSync(bytes) : name.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
  const source = expected.get(name.replace(/\.(gz|br)$/, ''));
  if (!source) faults.push(`${name} is not built any more`);
  else if (!source.equals(plain)) faults.push(`${name} holds something else`);
}
for (const name of expected.keys()) {
  for (const form of compressible.test(name) && name !== 'manifest.json' ? ['', '.gz', '.br'] : ['']) {
    if (!fs.existsSync(path.join(kept, name + form))) faults.push(`${name}${form} is missing`);
  }
}
if (faults.length) {
  console.error(`web-assets/assets/built is not what the sources give (npm run build):\n  ${faults.join('\n  ')}`);
  process.exit(1);
}
