import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Which boot options the firmware of this computer knows. */
export const bootCapabilities = amtClass('AMT_BootCapabilities', {
  ...settingData,
  AMTSecureBootControl: boolean,
  BIOSPause: boolean,
  BIOSReflash: boolean,
  BIOSSecureBoot: boolean,
  BIOSSetup: boolean,
  ConfigurationDataReset: boolean,
  ForceCDorDVDBoot: boolean,
  ForceDiagnosticBoot: boolean,
  ForceHardDriveBoot: boolean,
  ForceHardDriveSafeModeBoot: boolean,
  ForcePXEBoot: boolean,
  ForceUEFIHTTPSBoot: boolean,
  ForceUEFILocalPBABoot: boolean,
  ForceWinREBoot: boolean,
  ForcedProgressEvents: boolean,
  IDER: boolean,
  KeyboardLock: boolean,
  /** Bit 0: there is any; the others as in the device mask of the UEFI boot parameters. */
  PlatformErase: integer,
  PowerButtonLock: boolean,
  ResetButtonLock: boolean,
  SOL: boolean,
  SecureErase: boolean,
  SleepButtonLock: boolean,
  UEFIWiFiCoExistenceAndProfileShare: boolean,
  UserPasswordBypass: boolean,
  VerbosityQuiet: boolean,
  VerbosityScreenBlank: boolean,
  VerbosityVerbose: boolean,
});
