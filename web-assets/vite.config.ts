import { createHash } from 'node:crypto';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Names depend on what is built and on nothing else, so that a build on any machine gives the same bytes.
const cssHash = ({ css }: { css: string }) =>
  `s-${createHash('sha256').update(css).digest('hex').slice(0, 8)}`;

// One build for each entry: what the settings need must not come along with the booking pages in a shared file.
const entries: Record<string, string> = { settings: 'src/settings/main.ts', public: 'src/public/main.ts', embed: 'src/embed/embed.ts' };
const entry = process.env.ENTRY ?? 'settings';

export default defineConfig(({ mode }) => ({
  base: '/schedule/assets/built/',
  publicDir: false,
  plugins: [svelte({ compilerOptions: { cssHash } }), mode === 'test' ? svelteTesting() : null],
  build: {
    outDir: 'assets/built',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // An inlined image would be a data: address, which the pages' Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: { [entry]: entries[entry]! },
      output: {
        // Other websites load embed.js by its name, as a plain script.
        format: entry === 'embed' ? 'iife' : 'es',
        entryFileNames: entry === 'embed' ? '[name].js' : '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    // One document for all files of a thread: to make one for each took nine tenths of the time. A test puts back what it
    // replaces.
    pool: 'threads',
    isolate: false,
  },
}));
