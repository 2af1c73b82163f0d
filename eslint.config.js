import js from '@eslint/js';
import { configs as litConfigs } from 'eslint-plugin-lit';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const tests = ['**/*.test.ts', '**/*.test-d.ts', '**/test/**/*.ts', 'test/**/*.ts'];
const configFiles = ['*.config.{js,ts}', 'web/*/*.config.ts'];

/** Syntax that is forbidden everywhere, each with the reason a reader needs. */
const forbiddenSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a thing has one name.' },
  { selector: 'ExportAllDeclaration[exported=null]', message: 'List the names: the entry file says what is public.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals: Node strips types, it does not compile.' },
  { selector: 'TSParameterProperty', message: 'Write the field: Node strips types, it does not compile.' },
];

/** Workflow code is replayed: the same history must give the same commands on every machine and in every year. */
const replaySyntax = [
  { selector: 'MemberExpression[property.name=/^toLocale/]', message: 'The locale differs between machines.' },
  { selector: 'MemberExpression[property.name="localeCompare"]', message: 'The locale differs between machines.' },
  { selector: 'Program > VariableDeclaration[kind="let"]', message: 'Module state leaks between runs.' },
  { selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]', message: 'Module state leaks.' },
];
const coreSyntax = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: 'Ask the port for the time.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Ask the port for the time.' },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'Not repeatable in a replay.' },
];

const budget = (fileLines, functionLines) => ({
  'max-lines': ['error', { max: fileLines }],
  'max-lines-per-function': ['error', { max: functionLines }],
});

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', '.cache/', '.patchbay/', 'packages/tooling/temporal/'] },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        // Few programs instead of one for each package: a third less processor time, the packages below being read once.
        project: ['tsconfig.lint.json', 'test/tsconfig.json', 'web/canvas-core/tsconfig.json', 'web/app/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      // An import of types only must vanish: `import { type X }` would still load the file.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Types stand with their class in overloads of Lit decorators and empty unions; the compiler already sees the rest.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An interface that is asynchronous may well have a synchronous implementation.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    rules: {
      ...budget(400, 60),
      complexity: ['error', { max: 12, variant: 'modified' }],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'off',
      'no-new-func': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'node:process', importNames: ['env'], message: 'Configuration is read by packages/config.' }],
          patterns: [
            { group: ['@patchbay/*/src/*', '@patchbay/*/src/**'], message: 'Import what the package exports.' },
          ],
        },
      ],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Use packages/config.' }],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  {
    files: ['workflows/interpreter/src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Intl'],
      'no-restricted-syntax': ['error', ...forbiddenSyntax, ...replaySyntax],
    },
  },
  {
    files: ['workflows/interpreter/src/core/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax, ...replaySyntax, ...coreSyntax] },
  },
  {
    files: ['web/app/**/*.ts'],
    extends: [litConfigs['flat/recommended']],
    languageOptions: { globals: globals.browser },
    // Lit calls listeners of a template with their element as `this`.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: tests,
    rules: {
      ...budget(600, 400),
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      'no-restricted-globals': 'off',
    },
  },
  {
    files: ['packages/config/src/**/*.ts', 'packages/tooling/**/*.{ts,mjs}'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // Programs for a terminal, and tests that print what they measured.
    files: ['packages/cli/src/**/*.ts', 'packages/tooling/**/*.{ts,mjs}', ...tests],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { 'max-params': ['error', 3] },
  },
  { files: ['web/app/public/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: configFiles, rules: { 'no-restricted-syntax': 'off' } },
);
