import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SimulatedFleet } from '../../../src/simulators/fleet';
import { ask, getChassis } from './rawConsole';

interface FleetText {
  readonly profiles: unknown;
  readonly computers: Readonly<
    Record<string, { readonly ports: { amt?: number; ipmi?: number }; readonly profile: string }>
  >;
}

test('a quarter of the simulated fleet has AMT, each on the port that its file says', async () => {
  await using fleet = await SimulatedFleet.start(40);
  const { profiles, computers } = parse(fleet.fleetYaml()) as FleetText;
  expect(profiles).toEqual({ bmc: { ipmi: { user: 'admin' } }, amt: { amt: { user: 'admin' } } });

  const entries = Object.entries(computers);
  const amt = entries.filter(([, { profile }]) => profile === 'amt');
  expect([entries.length, amt.length, fleet.simulator.bmcs.length]).toEqual([40, 10, 30]);
  expect(amt.map(([, { ports }]) => ports.amt)).toEqual(
    fleet.amt.devices.map(({ port, tlsPort }) => (port > 0 ? port : tlsPort)),
  );
  expect(fleet.amt.devices.map(({ device }) => device.options.hostName)).toEqual(amt.map(([name]) => name));
  expect(fleet.amt.devices.filter(({ device }) => device.ports === 'tls')).toHaveLength(1);
  expect(fleet.amt.devices.filter(({ device }) => device.isDark)).toHaveLength(1);
  expect(fleet.fleetYaml()).toMatch(/# asks for consent: its screen shows 123456\n/);

  expect((await ask(fleet.amt.devices[0]!, getChassis))!.status).toBe(200);
  expect((await ask(fleet.amt.devices[1]!, getChassis))!.status).toBe(200);
});
