import { describe, expect, test } from 'vitest';
import { bootCapabilities } from '../../../../../src/protocols/amt/cim/bootCapabilities';
import { bootService } from '../../../../../src/protocols/amt/cim/bootService';
import { bootSettingData } from '../../../../../src/protocols/amt/cim/bootSettingData';
import { bootSourceSetting } from '../../../../../src/protocols/amt/cim/bootSourceSetting';
import { hostBasedSetupService } from '../../../../../src/protocols/amt/cim/hostBasedSetupService';
import { kvmRedirectionSettingData } from '../../../../../src/protocols/amt/cim/kvmRedirectionSettingData';
import { optInService } from '../../../../../src/protocols/amt/cim/optInService';
import { decode, of } from './written';

describe('newer firmware', () => {
  test('boot options', () => {
    const capabilities = { ForceUEFIHTTPSBoot: 'true', ForceWinREBoot: 'false', PlatformErase: '67108867' };
    expect(decode(bootCapabilities, of(capabilities))).toEqual({
      ForceUEFIHTTPSBoot: true,
      ForceWinREBoot: false,
      PlatformErase: 67_108_867,
    });
    expect(
      decode(bootSettingData, of({ UefiBootNumberOfParams: '1', UefiBootParametersArray: 'hoABAAEAAABo' })),
    ).toEqual({
      UefiBootNumberOfParams: 1,
      UefiBootParametersArray: Uint8Array.of(0x86, 0x80, 1, 0, 1, 0, 0, 0, 0x68),
    });
    const source = {
      BIOSBootString: 'WinRe',
      BootString: 'PciRoot(0x0)',
      InstanceID: 'Intel(r) AMT: Force OCR UEFI Boot Option 1',
    };
    expect(decode(bootSourceSetting, of(source))).toEqual(source);
    expect(decode(bootService, of({ EnabledState: '32771' }))).toEqual({ EnabledState: 'OCR and RPE enabled' });
  });

  test('remote control of the screen', () => {
    const values = {
      GrayscalePixelFormatSupported: 'true',
      InitialDecimationModeForLowRes: '2',
      ZlibControlSupported: 'true',
    };
    expect(decode(kvmRedirectionSettingData, of(values))).toEqual({
      GrayscalePixelFormatSupported: true,
      InitialDecimationModeForLowRes: 'automatic',
      ZlibControlSupported: true,
    });
  });

  test('consent for everything, and client control mode', () => {
    expect(decode(optInService, of({ OptInRequired: '4294967295', OptInState: '2' }))).toEqual({
      OptInRequired: 'all',
      OptInState: 'displayed',
    });
    expect(decode(hostBasedSetupService, of({ CurrentControlMode: '1' }))).toEqual({ CurrentControlMode: 'client' });
  });
});
