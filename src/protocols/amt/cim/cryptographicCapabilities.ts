import { amtClass, named } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const acceleration = { 0: 'none', 1: 'AES and RSA' } as const;

/** Which cryptography the device has in hardware. */
export const cryptographicCapabilities = amtClass('AMT_CryptographicCapabilities', {
  ...settingData,
  HardwareAcceleration: named(acceleration),
});
