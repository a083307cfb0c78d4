/**
 * Direction of the features, lowest first. A feature may use those before it, never those after; features on one
 * line do not know each other. What is missing here is imported by nobody: portal, reporting, demo.
 */
const LAYERS = [
  ['config'],
  ['shared'],
  ['messages', 'identity', 'organisations'],
  ['people'],
  ['courses', 'campaigns'],
  ['video'],
  ['tours'],
  ['enrolment'],
  ['calls', 'nominations', 'attendance', 'learning', 'practice'],
  ['selection', 'completion', 'teaching'],
  ['certificates'],
  ['followup', 'partners', 'programmes'],
  ['portal', 'reporting', 'demo'],
];

const upwards = LAYERS.flatMap((layer, depth) =>
  layer.map((feature) => ({
    name: `direction-of-${feature}`,
    comment: `${feature} may use only what stands before it in LAYERS`,
    severity: 'error',
    from: { path: `^src/${feature}/` },
    to: {
      path: `^src/(${[...layer.filter((other) => other !== feature), ...LAYERS.slice(depth + 1).flat()].join('|') || '-'})/`,
    },
  })),
);

const FEATURE = '^src/(?!config/|shared/|startup/)([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...upwards,
    {
      name: 'features-meet-at-public',
      comment: 'Another feature is used only through its public.ts',
      severity: 'error',
      from: { path: FEATURE },
      to: {
        path: '^src/(?!config/|shared/|startup/)[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/public\\.ts$'],
      },
    },
    {
      name: 'domain-knows-no-web-or-jobs',
      comment: 'web/ and jobs/ use services, never the other way round',
      severity: 'error',
      from: {
        path: '^src/[^/]+/[^/]+\\.ts$',
        pathNot: ['\\.module\\.ts$', '/public\\.ts$', '^src/(shared|startup)/'],
      },
      to: { path: '^src/(?!shared/)[^/]+/(web|jobs)/' },
    },
    {
      name: 'domain-knows-no-http',
      severity: 'error',
      from: { path: '\\.(service|entity|policy|errors|query)\\.ts$' },
      to: { path: 'node_modules/(fastify|@fastify|@nestjs/platform-fastify|bull)/' },
    },
    {
      name: 'no-tests-in-code',
      severity: 'error',
      from: { path: '^src/', pathNot: 'spec\\.ts$' },
      to: { path: '^test/|spec\\.ts$' },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/browser/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
