/** Who may import whom inside src. Anything not listed is refused; every folder may import its own files. */
const registries = ['operations', 'nodes', 'technologies', 'fleet', 'base'];
const layers = {
  base: [],
  transport: ['base'],
  protocols: ['base'],
  fleet: ['base'],
  technologies: ['protocols', 'transport', 'fleet', 'base'],
  operations: ['nodes', 'technologies', 'fleet', 'base'],
  nodes: ['technologies', 'fleet', 'base'],
  jobs: ['operations', 'nodes', 'fleet', 'base'],
  alerts: ['jobs', 'operations', 'nodes', 'fleet', 'base'],
  workers: ['jobs', 'operations', 'nodes', 'fleet', 'base'],
  discovery: ['technologies', 'transport', 'fleet', 'base'],
  simulators: ['base'],
  app: ['alerts', 'jobs', 'workers', 'discovery', 'simulators', 'transport', ...registries],
  extension: ['app', 'alerts', 'jobs', 'discovery', 'operations', 'nodes', 'fleet', 'base'],
  cli: ['app', 'alerts', 'jobs', 'workers', 'discovery', 'operations', 'nodes', 'fleet', 'base'],
};
const within = (names) => `^src/(${names.join('|')})/`;
const sockets = '^(node:)?(net|tls|dgram|http|https|http2)(/|$)';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([from, allowed]) =>
      rule(`src/${from}`, { path: within([from]) }, { path: '^src/', pathNot: within([from, ...allowed]) }),
    ),
    rule('every-file-has-a-layer', { path: '^src/', pathNot: within(Object.keys(layers)) }, {}),
    rule(
      'no-sibling-technologies',
      { path: '^src/technologies/([^/]+)/' },
      { path: '^src/technologies/([^/]+)/', pathNot: '^src/technologies/$1/' },
    ),
    rule(
      'vscode-only-in-extension',
      { path: '^(src|webviews)/', pathNot: '^src/extension/' },
      { path: '^vscode$|@types/vscode' },
    ),
    rule(
      'client-sockets-only-in-transport',
      { path: '^src/', pathNot: '^src/(transport|simulators)/' },
      { path: sockets },
    ),
    rule(
      'no-files-and-processes-low-down',
      { path: '^src/(transport|protocols|fleet|technologies|operations|nodes)/' },
      { path: '^(node:)?(fs|child_process)(/|$)' },
    ),
    rule('pure-code-runs-anywhere', { path: '^(src/(base|protocols/rfb)|webviews)/' }, { dependencyTypes: ['core'] }),
    rule(
      'webviews-see-only-pure-code',
      { path: '^webviews/' },
      { path: '^src/', pathNot: '^src/(base|protocols/rfb|fleet)/' },
    ),
    rule(
      'webviews-take-only-types-from-fleet',
      { path: '^webviews/' },
      { path: '^src/fleet/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'src-sees-only-contracts',
      { path: '^src/' },
      { path: '^webviews/', pathNot: '^webviews/(shared/|[^/]+/contract\\.ts)' },
    ),
    rule('no-cycles', {}, { circular: true }),
    rule('no-orphans', { orphan: true, path: '^src/' }, {}),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
