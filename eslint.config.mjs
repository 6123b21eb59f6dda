import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

/*
 * What a machine can check of the house rules. The walls of the folders are below as far as they are a matter of one import;
 * cycles, file length and forbidden words need the whole tree and are in test/architecture.test.ts.
 */
const outside = (...groups) => groups.map(([regex, message]) => ({ regex, message }));
/** A folder's wall: what its files may not import, and what to do instead. */
const wall = (files, ...groups) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: outside(...groups) }] },
});

const drivers = ['^(node:sqlite|kysely|pg|better-sqlite3|ioredis|redis)', 'A database driver stays inside its storage or cluster folder.'];
const sdkInside = [
  '^#(sdk|links|widgets)|/sdk/|/widgets/|^parley-chat',
  'The server shares the protocol with the client and nothing else: use #protocol.',
];

export default ts.config(
  { ignores: ['dist/', '.wireit/', 'coverage/', 'data/', 'node_modules/', 'test/frameworks/*/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'off',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A const object and a union of its values say the same and vanish in the bundle.' },
        { selector: 'TSParameterProperty', message: 'Declare the field: it is where readers look for it.' },
        {
          selector: 'PropertyDefinition[accessibility="private"], MethodDefinition[accessibility="private"][kind!="constructor"]',
          message: 'Use #private: it holds at run time too.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: 'NewExpression[callee.name="Function"], CallExpression[callee.name="Function"]',
          message: 'Hosts forbid it by their content security policy.',
        },
        { selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]', message: 'Text goes into text nodes.' },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // An interface often asks for a promise where one of its implementations has none.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['widgets/**/*.ts', 'demo-host/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], wc.configs['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      'lit/no-template-bind': 'error',
      'lit/no-native-attributes': 'off',
      // Lit's own base class defines what the rule looks for.
      'wc/guard-super-call': 'off',
      'wc/no-self-class': 'error',
    },
  },

  wall(['sdk/protocol/**/*.ts'], ['^(?!zod/mini$|\\./)', 'The protocol imports zod/mini and its own files only.']),
  wall(
    ['sdk/!(protocol)/**/*.ts', 'sdk/*.ts'],
    [
      '^(express|socket\\.io$|lit|node:)|/server/|/widgets/|^#widgets|^parley-chat',
      'The SDK runs in browsers and knows neither server nor elements.',
    ],
  ),
  wall(
    ['widgets/**/*.ts'],
    [
      '^(socket\\.io|engine\\.io|zod|node:)|^#protocol|^parley-chat|/sdk/|/server/',
      'Elements talk to the doors of the SDK: #sdk, and #links for what an adapter needs without the rest.',
    ],
  ),
  wall(['server/*.ts', 'server/http/**/*.ts', 'server/realtime/**/*.ts', 'server/gateways/**/*.ts'], sdkInside, drivers),
  wall(['server/commands/**/*.ts'], sdkInside, drivers, ['/(http|realtime|gateways)/', 'Commands do not know who calls them.']),
  wall(['server/storage/*.ts'], sdkInside, drivers, ['/(http|realtime|gateways|commands|cluster)/', 'Storage knows the domain only.']),
  wall(['server/storage/*/**/*.ts'], sdkInside, ['/(http|realtime|gateways|commands|cluster)/', 'Storage knows the domain only.']),
  wall(['server/cluster/**/*.ts'], sdkInside, [
    '/(http|realtime|gateways|commands|storage)/',
    'What nodes share stands below what they do.',
  ]),
  wall(['server/domain/**/*.ts'], ['^(?!#protocol$|node:crypto$|\\./)', 'Rules are pure: protocol types, hashes, and their own folder.']),
  wall(['demo-host/**/*.ts'], ['^#|/(sdk|widgets|server)/', 'The demo host is a customer: parley-chat and parley-chat/server.']),

  {
    // node:test returns promises that it awaits itself; chai's assertions are expressions.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'describe', 'it', 'suite'], package: 'node:test' }] },
      ],
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-console': 'off',
      // Stand-ins take methods from objects on purpose.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // Lit binds the handlers of a template to the element, and kysely's expression builders are made to be taken apart.
  { files: ['widgets/**/*.ts', 'server/storage/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  // React's own types are extended where they are: in a namespace.
  { files: ['widgets/frameworks/react.ts'], rules: { '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }] } },
  // A wrong value from the host is told to its developer.
  { files: ['widgets/**/*.ts', 'sdk/**/*.ts'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  // Programs, whose output is what they are for.
  { files: ['server/cli.ts', 'demo-host/**/*.ts'], rules: { 'no-console': 'off' } },
);
