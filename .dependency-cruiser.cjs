/** The walls of the house (CONTRIBUTING.md says them in words). A red line here is a wall broken, not a style. */
const slices = '^src/(people|accounts|actions|visits|home|calendar|meetings|feedback|digest|surveys|listening)/';
/** What slices share and is none itself: it has no command, and `bot.ts` does not know it. */
const reminders = '^src/reminders/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rules-forms-and-cards-are-pure',
      comment:
        'What a thing is, what is asked and what is shown: no database, no platform, no files, no network, no process.',
      severity: 'error',
      from: {
        path: '^src/(people|accounts|actions|visits|home|calendar|meetings|feedback|digest|surveys|listening|reminders)/([a-z-]+|forms|cards)\\.ts$',
        pathNot: '(commands|command|schedule|store|index|directory|[a-z]ing|from-file)\\.ts$',
      },
      to: {
        path: '(^|/)store\\.ts$|-store\\.ts$|^src/database|^node_modules/(@prisma|@slack|@microsoft|pg|pg-boss|node-cron)/|^(node:)?(fs|http|https|net|child_process|worker_threads)|^src/own-process\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'slices-know-no-platform',
      severity: 'error',
      from: { path: [slices, reminders, '^src/chat/[^/]+$', '^src/text/'] },
      to: { path: '^src/chat/(slack|teams)/|^node_modules/(@slack|@microsoft)/' },
    },
    {
      name: 'adapters-know-no-slice',
      severity: 'error',
      from: { path: '^src/chat/' },
      to: { path: [slices, reminders] },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/chat/(slack|teams)/' },
      to: { path: '^src/chat/(slack|teams)/', pathNot: '^src/chat/$1/' },
    },
    {
      name: 'nobody-knows-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sandbox/|main\\.ts$)' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'slice-to-slice-through-index',
      severity: 'error',
      from: {
        path: '^src/(people|accounts|actions|visits|home|calendar|meetings|feedback|digest|surveys|listening|reminders)/',
      },
      to: { path: slices, pathNot: ['^src/$1/', '/index\\.ts$', '^src/people/rights\\.ts$'] },
    },
    {
      name: 'people-import-no-slice',
      severity: 'error',
      from: { path: '^src/people/' },
      to: { path: [slices, reminders], pathNot: '^src/people/' },
    },
    {
      name: 'accounts-import-no-slice-but-people',
      severity: 'error',
      from: { path: '^src/accounts/' },
      to: { path: [slices, reminders], pathNot: '^src/(accounts|people)/' },
    },
    {
      name: 'reminders-import-no-slice-but-people-and-calendar',
      severity: 'error',
      from: { path: reminders },
      to: { path: slices, pathNot: '^src/(people|calendar)/' },
    },
    {
      name: 'generated-client-stays-behind-the-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/database', 'store\\.ts$'] },
      to: { path: '^src/database/generated/' },
    },
    {
      name: 'no-drawer',
      comment: 'A concept that two share gets a name.',
      severity: 'error',
      from: {},
      to: { path: '^src/.*(utils?|helpers?|common|misc|lib)(/|\\.ts$)' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: [
          '\\.test\\.ts$',
          '^src/(main|cli)\\.ts$',
          '^src/sandbox/page/',
          '\\.d\\.ts$',
          '^src/database/generated/',
        ],
      },
      to: {},
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'src/database/generated'] },
    exclude: { path: '^src/sandbox/page/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
