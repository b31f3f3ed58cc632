import { boolean, integer, ipsClass, list } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** The screens of the computer, one place in each array for each. */
export const screenSettingData = ipsClass('IPS_ScreenSettingData', {
  ...settingData,
  IsActive: list(boolean),
  PrimaryIndex: integer,
  /** So spelt by the device. */
  QuadraryIndex: integer,
  ResolutionX: list(integer),
  ResolutionY: list(integer),
  SecondaryIndex: integer,
  TertiaryIndex: integer,
  UpperLeftX: list(integer),
  UpperLeftY: list(integer),
});
