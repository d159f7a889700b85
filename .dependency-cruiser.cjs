/** The walls of the house: one direction, one front door a room. docs/decisions/0001 explains them. */
const room = (name) => `^libs/${name}/`;

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
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'no-own-front-door',
      severity: 'error',
      comment: 'Inside a room imports are relative.',
      from: { path: '^libs/([^/]+)/src/' },
      to: { path: '^libs/$1/src/index\\.ts$' },
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
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types'],
    },
  },
};
