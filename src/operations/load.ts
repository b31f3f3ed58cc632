import type { Operation } from './operation';

/** In an object of its own: the `then` of an operation would be taken for that of a promise. */
export interface Loaded {
  readonly operation: Operation;
}

/** Where each operation is: what is asked for one of them alone does not pay for the schemas and steps of all. */
const loaders: Readonly<Record<string, () => Promise<Loaded>>> = {
  'power.status': from(() => import('./power/status'), 'powerStatus'),
  'power.on': from(() => import('./power/on'), 'powerOn'),
  'power.off': from(() => import('./power/off'), 'powerOff'),
  'power.cycle': from(() => import('./power/cycle'), 'powerCycle'),
  'power.reset': from(() => import('./power/reset'), 'powerReset'),
  'power.sleep': from(() => import('./power/sleep'), 'powerSleep'),
  'power.hibernate': from(() => import('./power/hibernate'), 'powerHibernate'),
  'power.nmi': from(() => import('./power/nmi'), 'powerNmi'),
  'boot.override': from(() => import('./boot/override'), 'bootOverride'),
  'amt.consent': from(() => import('./amt/consent'), 'amtConsent'),
  'power.restorePolicy': from(() => import('./power/restorePolicy'), 'powerRestorePolicy'),
  'power.restore': from(() => import('./power/restore'), 'powerRestore'),
  'wait.for': from(() => import('./wait/for'), 'waitFor'),
  identify: from(() => import('./identify/identify'), 'identify'),
  'inventory.read': from(() => import('./inventory/read'), 'inventoryRead'),
  'console.script': from(() => import('./console/consoleScript'), 'consoleScript'),
  'sel.clear': from(() => import('./logs/selClear'), 'selClear'),
  'log.clear': from(() => import('./logs/logClear'), 'logClear'),
  'user.setPassword': from(() => import('./users/setPassword'), 'userSetPassword'),
  'network.filter': from(() => import('./network/filter'), 'networkFilter'),
  'network.filter.export': from(() => import('./network/filterExport'), 'networkFilterExport'),
  'alerts.update': from(() => import('./alerts/alertsUpdate'), 'alertsUpdate'),
  'amt.settings': from(() => import('./amt/settings'), 'amtSettings'),
  'amt.network': from(() => import('./amt/network'), 'amtNetwork'),
  'amt.wireless': from(() => import('./amt/wireless'), 'amtWireless'),
  'amt.remoteAccess': from(() => import('./amt/remoteAccess'), 'amtRemoteAccess'),
  'amt.watchdogs': from(() => import('./amt/watchdogs'), 'amtWatchdogs'),
  'amt.environment': from(() => import('./amt/environment'), 'amtEnvironment'),
  'amt.tls': from(() => import('./amt/tls'), 'amtTls'),
  'amt.alarm': from(() => import('./amt/alarm'), 'amtAlarm'),
  'amt.time.sync': from(() => import('./amt/timeSync'), 'amtTimeSync'),
  'amt.unconfigure': from(() => import('./amt/unconfigure'), 'amtUnconfigure'),
  'bmc.reset': from(() => import('./controller/bmcReset'), 'bmcReset'),
  'amt.read': from(() => import('./amt/read'), 'amtRead'),
};

export const operationIds: readonly string[] = Object.keys(loaders);

/** Loads an operation without the others; nothing when there is none of this id. */
export async function loadOperation(id: string): Promise<Loaded | undefined> {
  return Object.hasOwn(loaders, id) ? loaders[id]?.() : undefined;
}

function from<Name extends string>(
  load: () => Promise<Readonly<Record<Name, Operation>>>,
  name: Name,
): () => Promise<Loaded> {
  return async () => ({ operation: (await load())[name] });
}
