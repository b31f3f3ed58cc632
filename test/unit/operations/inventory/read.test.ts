import { expect, test } from 'vitest';
import { nodes } from '../../../../src/nodes';
import { nodeIds } from '../../../../src/nodes/nodeIds';
import { inventoryRead } from '../../../../src/operations/inventory/read';
import { AmtStub, recorded } from '../../../fakes/amtStub';

const device = (): AmtStub =>
  new AmtStub({
    'Enumerate CIM_PhysicalMemory': recorded('cim/physical/memory/pull.xml'),
    'Enumerate CIM_Chip': recorded('cim/physical/memory/pull.xml'),
  });

test('the ids that need no node loaded are those of all nodes, in their order', () => {
  expect(nodeIds).toEqual(nodes.map(({ id }) => id));
});

test('a node is a table in the result, as `show` has it', async () => {
  const { outcome, value } = await device().run(inventoryRead, { node: 'physical-memory' });
  expect(outcome).toBe('done');
  expect(value).toMatchObject({
    columns: expect.arrayContaining(['Type']) as string[],
    rows: [
      ['BANK 0', 16384, 'DDR4', 'SODIMM', 2400, 2400, '859B', 'CT16G4SFD824A.M16FE', 'E0E8D670', '9876543210'],
      ['BANK 2', 16384, 'DDR4', 'SODIMM', 2400, 2400, '859B', 'CT16G4SFD824A.M16FE', 'E0E8D070', '9876543210 (#1)'],
    ],
  });
});

test('a technology that has no source for the node says so', async () => {
  await expect(device().run(inventoryRead, { node: 'power-reading' })).rejects.toMatchObject({
    code: 'operation.impossible',
    message: 'lab-01: Power Reading does not come from AMT',
  });
});
