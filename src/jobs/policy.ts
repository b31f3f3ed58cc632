import { toSidebandError } from '../base/errors';
import type { Danger } from '../base/frontend';
import { canonicalHost } from '../fleet/canonicalHost';
import type { Computer } from '../fleet/computer';
import type { Fleet } from '../fleet/fleet';
import { fitsGlob } from '../fleet/targets/glob';
import type { Targets } from '../fleet/targets/parse';
import { selectTargets } from '../fleet/targets/select';

export type Day = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

/** Hours of days; `from` and `to` are minutes since midnight, and `to` is the next day's when it is not after `from`. */
export interface Hours {
  readonly days?: readonly Day[] | undefined;
  readonly from: number;
  readonly to: number;
  readonly timezone: string;
}

interface PolicyLimits {
  readonly maxTargets?: number | undefined;
  /** Per cent of a site's computers. */
  readonly maxShare?: number | undefined;
  readonly hours?: Hours | undefined;
}

/** What may be done at all. */
export interface Policy extends PolicyLimits {
  readonly protected?: Targets;
  readonly operations?: readonly string[] | undefined;
  readonly sites: Readonly<Record<string, PolicyLimits>>;
}

/** A rule that forbids a plan, and why. */
export interface Refusal {
  /** `policy.yaml: sites.oslo.maxShare (10%)` */
  readonly rule: string;
  readonly message: string;
}

export interface Proposal {
  readonly operation: { readonly id: string; readonly danger: Danger };
  readonly computers: readonly Computer[];
  readonly fleet: Fleet;
  readonly now: Date;
}

/** Every rule that forbids the proposal; none when it may be done. What is `safe` always may. */
export function evaluatePolicy(policy: Policy, proposal: Proposal): readonly Refusal[] {
  const { operation } = proposal;
  if (operation.danger === 'safe') return [];
  if (policy.operations && !policy.operations.some((glob) => fitsGlob(glob, operation.id))) return [];
  return [
    ...protectedRefusals(policy, proposal),
    ...countRefusals('maxTargets', policy.maxTargets, proposal.computers.length),
    ...siteRefusals(policy, proposal),
  ];
}

function protectedRefusals({ protected: targets }: Policy, { computers, fleet }: Proposal): readonly Refusal[] {
  if (!targets) return [];
  let untouchable: readonly Computer[];
  try {
    untouchable = selectTargets(targets, fleet, []);
  } catch (thrown) {
    // Whom it protects is not certain, so nobody may be touched.
    return [{ rule: ruleName('protected'), message: toSidebandError(thrown).message }];
  }
  const names = new Set(untouchable.map(({ name }) => name));
  const hosts = new Set(untouchable.flatMap(hostsOf));
  const places = new Set(untouchable.flatMap(placesOf));
  // Neither an ad-hoc URL with a protected address nor a second name for the same controller is a way round.
  const touched = computers.filter(
    (computer) =>
      names.has(computer.name) ||
      (fleet.byName.has(computer.name)
        ? placesOf(computer).some((place) => places.has(place))
        : hostsOf(computer).some((host) => hosts.has(host))),
  );
  if (touched.length === 0) return [];
  const shown = touched.slice(0, 5).map(({ name }) => name);
  const more = touched.length > shown.length ? ` and ${touched.length - shown.length} more` : '';
  return [{ rule: ruleName('protected'), message: `${shown.join(', ')}${more} may not be touched` }];
}

function hostsOf({ host, accesses }: Computer): readonly string[] {
  return [...new Set([host, ...accesses.map((access) => access.host)])].map(canonicalHost);
}

function placesOf({ accesses }: Computer): readonly string[] {
  return accesses.map(({ technology, host, port }) => `${technology} ${canonicalHost(host)} ${port ?? ''}`);
}

function siteRefusals(policy: Policy, { computers, fleet, now }: Proposal): readonly Refusal[] {
  const wanted = countSites(asInFleet(computers, fleet));
  const present = countSites(fleet.computers);
  return [...wanted]
    .flatMap(([site, count]) => {
      const own = Object.hasOwn(policy.sites, site) ? policy.sites[site] : undefined;
      const where = (key: keyof PolicyLimits): string => (own?.[key] === undefined ? key : `sites.${site}.${key}`);
      const { maxShare = policy.maxShare, hours = policy.hours, maxTargets } = own ?? {};
      return [
        ...countRefusals(where('maxTargets'), maxTargets, count),
        ...shareRefusals(where('maxShare'), maxShare, { site, count, of: present.get(site) ?? 0 }),
        ...hoursRefusals(where('hours'), hours, now),
      ];
    })
    .filter(
      (refusal, index, all) =>
        all.findIndex(({ rule, message }) => rule === refusal.rule && message === refusal.message) === index,
    );
}

function countRefusals(key: string, limit: number | undefined, count: number): readonly Refusal[] {
  if (limit === undefined || count <= limit) return [];
  return [{ rule: ruleName(key, String(limit)), message: `${count} computers are more than ${limit}` }];
}

/** Ad-hoc computers are in no site, so no share counts for them. */
function shareRefusals(
  key: string,
  share: number | undefined,
  { site, count, of }: { readonly site: string; readonly count: number; readonly of: number },
): readonly Refusal[] {
  if (share === undefined || of === 0) return [];
  const allowed = Math.max(1, Math.floor((of * share) / 100));
  if (count <= allowed) return [];
  const where = site === '' ? 'the computers without a site' : `site ${site}`;
  return [
    { rule: ruleName(key, `${share}%`), message: `${count} of ${of} computers of ${where} are more than ${allowed}` },
  ];
}

function hoursRefusals(key: string, hours: Hours | undefined, now: Date): readonly Refusal[] {
  if (!hours || isWithin(hours, now)) return [];
  return [{ rule: ruleName(key), message: `it is allowed from ${describeHours(hours)}` }];
}

/** `20:00 to 04:00 on fri, sat, Europe/Berlin` */
export function describeHours({ days, from, to, timezone }: Hours): string {
  return `${formatTime(from)} to ${formatTime(to)}${days ? ` on ${days.join(', ')}` : ''}, ${timezone}`;
}

/** By the wall clock of the time zone, so that daylight saving moves the hours with it. */
export function isWithin({ days, from, to, timezone }: Hours, now: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const minutes = Number(part('hour')) * 60 + Number(part('minute'));
  const today = part('weekday').toLowerCase() as Day;
  const begins = (day: Day): boolean => !days || days.includes(day);
  if (from < to) return begins(today) && minutes >= from && minutes < to;
  return (begins(today) && minutes >= from) || (begins(dayBefore(today)) && minutes < to);
}

function dayBefore(day: Day): Day {
  const week: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  return week[(week.indexOf(day) + 6) % 7] ?? day;
}

/** A URL that reaches a computer of the fleet counts as that computer. */
function asInFleet(computers: readonly Computer[], fleet: Fleet): readonly Computer[] {
  if (computers.every(({ name }) => fleet.byName.has(name))) return computers;
  const byHost = new Map(fleet.computers.map((computer) => [canonicalHost(computer.host), computer]));
  return computers.map(
    (computer) => fleet.byName.get(computer.name) ?? byHost.get(canonicalHost(computer.host)) ?? computer,
  );
}

function countSites(computers: readonly Computer[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { site } of computers) counts.set(site, (counts.get(site) ?? 0) + 1);
  return counts;
}

function ruleName(key: string, value?: string): string {
  return `policy.yaml: ${key}${value === undefined ? '' : ` (${value})`}`;
}

function formatTime(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
