import { amt } from '../../technologies/amt/amt';
import { asksForSomething, describeBoot, noOverride } from '../../technologies/bootText';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { amtOverride } from './amtOverride';
import { ipmiOverride } from './ipmiOverride';
import { type BootParameters, bootParameters } from './parameters';

export const bootOverride = defineOperation(
  {
    id: 'boot.override',
    title: 'Boot Override',
    description: 'Sets what the computer boots from, once or always, and restarts it when asked to.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    parameters: bootParameters,
    restarts: ({ power }) => power === 'cycle',
    secrets: ({ urlPasswordOf }) => (urlPasswordOf === undefined ? [] : [urlPasswordOf]),
    warnings: (given) => [
      ...(given.clearCmos ? ['All firmware settings are lost at the next boot.'] : []),
      ...(given.bypassPassword ? ['The next boot does not ask for the firmware’s password.'] : []),
      ...(given.verbosity === 'blank' ? ['The screen stays dark during the next boot.'] : []),
    ],
    then: (given) => {
      const power = given.power === 'none' ? '' : `; then power ${given.power}`;
      return `${describeOverride(given)}${power}`;
    },
  },
  (via) => [via(amt, amtOverride), via(ipmi, ipmiOverride)],
);

function describeOverride(given: BootParameters): string {
  return asksForSomething(given) ? describeBoot({ ...given, persistent: !given.once }) : noOverride;
}
