import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['assets/', 'node_modules/', 'src/shared/api/schema.d.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      // Only texts of our own build are given to {@html}: icons.
      'svelte/no-at-html-tags': 'error',
    },
  },
  // What the booking pages keep of addresses and months is not shown itself; the reactive kinds would cost bytes.
  { files: ['src/public/**'], rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
);
