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
  (from) => [from(ipmi, async (client, { signal }) => (await readFrus(client, signal)).flatMap(rowsOf))],
);

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
