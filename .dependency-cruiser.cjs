/** The walls of the house: one direction, one front door a room. docs/decisions/0001 explains them. */
const room = (name) => `^libs/${name}/`;

/** The client has a front door for each place where it runs. */
const CLIENT_PARTS = '(browser|server|nats)';
const CLIENT_ENTRY = `^libs/client/src/${CLIENT_PARTS}/index\\.ts$`;
const SPEC = '\\.spec\\.ts$';

/** What each room may import, beside itself and packages. */
const MAY_IMPORT = {
  platform: [],
  client: [],
  contracts: ['platform'],
  'event-log': ['platform'],
  database: ['contracts', 'platform'],
  offers: ['database', 'contracts', 'platform'],
  access: ['database', 'contracts', 'platform'],
  ingestion: ['event-log', 'offers', 'access', 'database', 'contracts', 'platform'],
  'event-writer': ['event-log', 'offers', 'database', 'contracts', 'platform'],
  aggregation: ['database', 'contracts', 'platform'],
  dashboards: ['access', 'database', 'contracts', 'platform'],
};

const walls = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `wall-${name}`,
  severity: 'error',
  comment: `${name} may import ${allowed.join(', ') || 'none of our rooms'}.`,
  from: { path: room(name) },
  to: { path: '^libs/', pathNot: [name, ...allowed].map(room) },
}));

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'front-door-only',
      severity: 'error',
      comment: 'Another room is imported by its src/index.ts only.',
      from: { path: '^(?:libs|apps|migrations|test)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', CLIENT_ENTRY],
      },
    },
    {
      name: 'no-own-front-door',
      severity: 'error',
      comment: 'Inside a room imports are relative.',
      from: { path: '^libs/([^/]+)/src/' },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'client-parts-stand-apart',
      severity: 'error',
      comment:
        'Browser, server and NATS share the contract and what stands beside it, nothing else.',
      from: { path: `^libs/client/src/${CLIENT_PARTS}/` },
      to: { path: `^libs/client/src/${CLIENT_PARTS}/`, pathNot: '^libs/client/src/$1/' },
    },
    {
      name: 'client-shares-downwards',
      severity: 'error',
      comment: 'What the parts share knows none of them.',
      from: { path: '^libs/client/src/(contract/|[^/]+\\.ts$)' },
      to: { path: `^libs/client/src/${CLIENT_PARTS}/` },
    },
    {
      name: 'client-has-no-dependencies',
      severity: 'error',
      comment: 'Only the NATS part has one, which is optional.',
      from: { path: '^libs/client/src/', pathNot: [SPEC, '^libs/client/src/nats/'] },
      to: { path: 'node_modules/', pathNot: 'node_modules/@types/node/' },
    },
    {
      name: 'client-over-nats',
      severity: 'error',
      from: { path: '^libs/client/src/nats/', pathNot: SPEC },
      to: {
        path: 'node_modules/',
        pathNot: 'node_modules/(@types/node|@nats-io/jetstream|@nats-io/nats-core)/',
      },
    },
    {
      name: 'client-in-browsers',
      severity: 'error',
      comment: 'Browsers have no modules of Node.js, and neither has what they share.',
      from: { path: '^libs/client/src/(browser/|contract/|[^/]+\\.ts$)', pathNot: SPEC },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-do-not-know-apps',
      severity: 'error',
      from: { path: '^(libs|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { pathNot: ['^migrations/', 'node_modules/typeorm/'] },
    },
    {
      name: 'sql-stays-in-repositories',
      severity: 'error',
      comment: 'typeorm and pg: libs/database, repositories, modules and run-alone.ts only.',
      from: {
        path: '^(libs|apps)/',
        pathNot: ['^libs/database/', '\\.(repository|module)\\.ts$', '/run-alone\\.ts$'],
      },
      to: { path: 'node_modules/(typeorm|pg|@nestjs/typeorm)/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Built, or checked against what is built.
    exclude: { path: '^libs/client/(dist|test-types)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types'],
    },
  },
};
