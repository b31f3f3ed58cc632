import { expect, test } from 'vitest';
import { amtCapabilities } from '../../../src/nodes/amt/amtCapabilities';
import { AmtStub } from '../../fakes/amtStub';

test('boot options are true however the device writes it', async () => {
  const device = new AmtStub({
    'Get AMT_BootCapabilities':
      '<g:AMT_BootCapabilities><g:BIOSSetup>TRUE</g:BIOSSetup><g:BIOSPause>False</g:BIOSPause>' +
      '<g:ForcePXEBoot> true </g:ForcePXEBoot><g:IDER>1</g:IDER><g:KeyboardLock>0</g:KeyboardLock>' +
      '<g:PlatformErase>67</g:PlatformErase><g:SOL>2</g:SOL></g:AMT_BootCapabilities>',
  });
  const [row = []] = await device.show(amtCapabilities);
  expect(row.at(-1)).toBe('BIOSSetup, ForcePXEBoot, IDER, PlatformErase');
});

test('a device that says nothing about itself has a row all the same', async () => {
  const [row = []] = await new AmtStub().show(amtCapabilities);
  expect(row.slice(0, 4)).toEqual(['15.0.23.1706', 'unknown', 'unknown', 'unknown']);
});
