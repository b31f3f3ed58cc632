import { amt } from '../../technologies/amt/amt';
import { readUnits, type Unit } from '../../technologies/amt/inventory';
import { type FruInventory, readFrus } from '../../technologies/ipmi/fru';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineNode, type Row } from '../node';

export const fieldReplaceableUnits = defineNode(
  {
    id: 'field-replaceable-units',
    title: 'Field Replaceable Units',
    description: 'What the parts of the computer say of themselves: makers, names, part and serial numbers.',
    path: ['Hardware'],
    kind: 'information',
    columns: ['Unit', 'Name', 'Area', 'Field', 'Value', 'Problem'],
    key: ['Unit', 'Name', 'Area', 'Field'],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => (await readFrus(client, signal)).flatMap(rowsOf)),
    from(amt, async (client, { signal }) => (await readUnits(client, signal)).flatMap(unitRows)),
  ],
);

function unitRows({ area, fields }: Unit, index: number): readonly Row[] {
  const { ElementName = area, Tag, Manufacturer, Model, PartNumber, SerialNumber, Version, CanBeFRUed } = fields;
  const named = {
    Manufacturer,
    Model,
    'Part number': PartNumber?.trim(),
    'Serial number': SerialNumber,
    Version,
    Tag,
    Replaceable: CanBeFRUed === undefined ? undefined : CanBeFRUed ? 'yes' : 'no',
  };
  return Object.entries(named).flatMap(([field, value]): readonly Row[] =>
    value === undefined || value === '' ? [] : [[index, ElementName, area, field, value, null]],
  );
}

/** One row a field, and one for each problem beside what could be read. */
function rowsOf({ id, name, areas, problem }: FruInventory): readonly Row[] {
  const broken = (area: string, why: string | undefined): readonly Row[] =>
    why === undefined ? [] : [[id, name, area, null, null, why]];
  return [
    ...areas.flatMap((area) => [
      ...area.fields.map((field): Row => [id, name, area.area, field.name, field.value, null]),
      ...broken(area.area, area.problem),
    ]),
    ...broken('', problem),
  ];
}
