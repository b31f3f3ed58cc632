import type { Account } from '../accounts';
import type { AmtArea, AmtClass, Context } from '../model/amtClass';
import type { Sent } from '../model/sent';
import { serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';

const name = 'Intel(r) AMT Authorization Service';
/** PT_STATUS. */
const maxLimitReached = 23;
const invalidParameter = 36;
const invalidRealm = 2055;
const duplicate = 2058;
const notFound = 2068;

const mostAccounts = 16;
const longestName = 32;
const handlesPerCall = 50;

const service: AmtClass = {
  name: 'AMT_AuthorizationService',
  keys: serviceKeys,
  isDated: true,
  readers: [Realm.accessControl],
  writers: [Realm.accessControl],
  list: ({ options }) => [
    {
      ...systemKeys('AMT_AuthorizationService'),
      AllowHttpQopAuthOnly: (options.qop ?? 'auth') === 'auth' ? 1 : 0,
      ElementName: name,
      EnabledState: 5,
      Name: name,
      RequestedState: 12,
    },
  ],
  queries: {
    GetAdminAclEntry: ({ device }) => ({ Username: device.accounts.admin, ReturnValue: 0 }),
    EnumerateUserAclEntries({ device }, input) {
      const start = input.integer('StartIndex') ?? 1;
      const { others } = device.accounts;
      if (start < 1 || (start > others.length && others.length > 0)) return invalidParameter;
      const some = others.slice(start - 1, start - 1 + handlesPerCall);
      return {
        TotalCount: others.length,
        HandlesCount: some.length,
        Handles: some.map(({ handle }) => handle),
        ReturnValue: 0,
      };
    },
    GetUserAclEntryEx(context, input) {
      const account = named(context, input);
      if (!account) return notFound;
      return {
        DigestUsername: account.name,
        AccessPermission: account.access,
        Realms: account.realms,
        ReturnValue: 0,
      };
    },
    GetAclEnabledState(context, input) {
      const account = named(context, input);
      return account ? { Enabled: account.isEnabled, ReturnValue: 0 } : notFound;
    },
  },
  methods: {
    AddUserAclEntryEx({ device }, input) {
      const wanted = read(input);
      if (typeof wanted === 'number') return wanted;
      if (device.accounts.find(wanted.name)) return duplicate;
      if (device.accounts.others.length >= mostAccounts) return maxLimitReached;
      return { Handle: device.accounts.addHashed(wanted).handle, ReturnValue: 0 };
    },
    UpdateUserAclEntryEx(context, input) {
      const account = named(context, input);
      const wanted = read(input);
      if (!account) return notFound;
      if (typeof wanted === 'number') return wanted;
      context.device.accounts.replace(account, { ...account, ...wanted });
      return 0;
    },
    RemoveUserAclEntry(context, input) {
      const account = named(context, input);
      if (!account) return notFound;
      context.device.accounts.remove(account);
      return 0;
    },
    SetAclEnabledState(context, input) {
      const account = named(context, input);
      if (!account) return notFound;
      context.device.accounts.replace(account, { ...account, isEnabled: input.requiredBoolean('Enabled') });
      return 0;
    },
    SetAdminAclEntryEx({ device }, input) {
      const admin = device.accounts.find(device.accounts.admin);
      const ha1 = digestOf(input);
      const newName = input.requiredText('Username');
      if (!admin || ha1 === undefined || newName === '' || newName.length > longestName) return invalidParameter;
      device.accounts.replace(admin, { ...admin, name: newName, ha1 });
      return 0;
    },
  },
};

/** Who may do what. */
export const accounts: AmtArea = { classes: [service] };

function named({ device }: Context, input: Sent): Account | undefined {
  const handle = input.requiredInteger('Handle');
  return device.accounts.others.find((one) => one.handle === handle);
}

function read(input: Sent): Pick<Account, 'name' | 'ha1' | 'access' | 'realms'> | number {
  const known = Object.values<number>(Realm);
  const realms = input.integers('Realms');
  const access = input.requiredInteger('AccessPermission');
  const ha1 = digestOf(input);
  const user = input.requiredText('DigestUsername');
  if (realms.some((one) => !known.includes(one))) return invalidRealm;
  if (ha1 === undefined || user === '' || user.length > longestName) return invalidParameter;
  return access === 0 || access === 1 || access === 2 ? { name: user, ha1, access, realms } : invalidParameter;
}

/** MD5 of user, realm and password: 16 bytes in base64. */
function digestOf(input: Sent): string | undefined {
  const bytes = Buffer.from(input.requiredText('DigestPassword'), 'base64');
  return bytes.length === 16 ? bytes.toString('hex') : undefined;
}
