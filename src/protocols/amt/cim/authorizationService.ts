import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Accounts and their realms. `AllowHttpQopAuthOnly` 1: digest logins must use `auth`. */
export const authorizationService = amtClass('AMT_AuthorizationService', {
  ...serviceKeys,
  AllowHttpQopAuthOnly: integer,
  Started: boolean,
});
