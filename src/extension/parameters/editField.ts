import { chooseSeveral, chooseValue } from './chooseValue';
import type { Edit, EditOptions } from './edit';
import { enterValue } from './enterValue';
import type { FieldChoice } from './fields';
import { askForFile } from './fromFile';

const onAndOff: readonly FieldChoice[] = [
  { value: true, description: '' },
  { value: false, description: '' },
];

/** Asks for one parameter in the way that fits it. A file gives whatever is in it. */
export async function editField(options: EditOptions): Promise<Edit> {
  const { input } = options.field;
  switch (input.kind) {
    case 'switch':
      return chooseValue(options, { choices: onAndOff, isOpen: false });
    case 'choice':
      return chooseValue(options, input);
    case 'several':
      return chooseSeveral(options, input.choices);
    case 'text':
    case 'number':
    case 'list':
      return enterValue(options);
    case 'file': {
      const given = await askForFile(options.subject);
      return given ? { kind: 'set', values: { ...options.values, ...given } } : { kind: 'dismissed' };
    }
  }
}
