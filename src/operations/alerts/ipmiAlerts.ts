import { SidebandError } from '../../base/errors';
import { alertDifferences, type AlertTarget } from '../../technologies/ipmi/alertDestinations';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { bringTo } from '../bringTo';
import type { StepResult, WayContext, WaySteps } from '../operation';
import type { AlertParameters } from './parameters';

/** Platform event traps from the LAN channel of a BMC. */
export const ipmiAlerts: WaySteps<IpmiClient, AlertParameters> = { run: sendTo };

async function sendTo(client: IpmiClient, given: AlertParameters, { signal, secret }: WayContext): Promise<StepResult> {
  const { address, communityOf, channel, destination, entry, policy, allEvents } = given;
  if (address === undefined) throw new SidebandError('usage.invalid', 'an address is expected for SNMP traps');
  const community = communityOf === undefined ? undefined : await secret(communityOf);
  const target: AlertTarget = {
    ...{ channel, destination, entry, policy, allEvents },
    address: address.split('.').map(Number),
    ...(community && { community }),
  };
  return bringTo((stop) => alertDifferences(client, target, stop), signal, { value: { address } });
}
