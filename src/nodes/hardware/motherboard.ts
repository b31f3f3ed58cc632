import { amt } from '../../technologies/amt/amt';
import { readCard, readChassis } from '../../technologies/amt/inventory';
import { fruField, readBuiltInFru } from '../../technologies/ipmi/fru';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineNode } from '../node';

export const motherboard = defineNode(
  {
    id: 'motherboard',
    title: 'Motherboard',
    description: 'Maker, product and numbers of the board, and of the product that it was built into.',
    path: ['Hardware'],
    kind: 'information',
    columns: [
      'Manufacturer',
      'Product',
      'Serial number',
      'Part number',
      'Manufactured',
      'Chassis type',
      'Chassis serial number',
      'System manufacturer',
      'System product',
      'System serial number',
      'Asset tag',
    ],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const fru = await readBuiltInFru(client, signal);
      if (fru.areas.length === 0) return [];
      const board = ['Manufacturer', 'Product', 'Serial number', 'Part number', 'Manufactured'];
      const product = ['Manufacturer', 'Product', 'Serial number', 'Asset tag'];
      return [
        [
          ...board.map((name) => fruField(fru, 'board', name) ?? null),
          ...['Type', 'Serial number'].map((name) => fruField(fru, 'chassis', name) ?? null),
          ...product.map((name) => fruField(fru, 'product', name) ?? null),
        ],
      ];
    }),
    from(amt, async (client, { signal }) => {
      const board = await readCard(client, signal);
      const chassis = await readChassis(client, signal);
      if (!board) return [];
      const ofBoard = [board.Manufacturer, board.Model, board.SerialNumber, board.Version, undefined];
      const ofSystem = [chassis?.ChassisPackageType, chassis?.SerialNumber, chassis?.Manufacturer, chassis?.Model];
      return [[...ofBoard, ...ofSystem, chassis?.SerialNumber, undefined].map((value) => value ?? null)];
    }),
  ],
);
