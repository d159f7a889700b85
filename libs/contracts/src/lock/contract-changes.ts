import type { ContractLock, LockedContract, LockedDoor, LockedField } from './contract-lock.js';

/** How a document differs from what was published before, one sentence a change. */
export interface ContractChanges {
  /** What a sender of yesterday would notice. Never to be published. */
  readonly breaking: readonly string[];
  /** What no sender of yesterday notices. Recorded when it is published. */
  readonly additions: readonly string[];
}

/** Compares what is published now with the record of what ever was. */
export function contractChanges(published: ContractLock, current: ContractLock): ContractChanges {
  const changes = [
    ...changesOf('door', published.doors, current.doors, doorChanges),
    ...changesOf('contract', published.contracts, current.contracts, fieldsChanges),
  ];
  const said = (isBreaking: boolean) =>
    changes.filter((change) => change.breaking === isBreaking).map(({ said: what }) => what);
  return { breaking: said(true), additions: said(false) };
}

interface Change {
  readonly breaking: boolean;
  readonly said: string;
}

const breaks = (said: string): Change => ({ breaking: true, said });
const adds = (said: string): Change => ({ breaking: false, said });

function changesOf<Entry>(
  kind: string,
  published: Readonly<Record<string, Entry>>,
  current: Readonly<Record<string, Entry>>,
  compare: (name: string, before: Entry, now: Entry) => Change[],
): Change[] {
  const changes = Object.entries(published).flatMap(([name, before]) => {
    const now = current[name];
    return now === undefined ? [breaks(`${kind} ${name} is gone`)] : compare(name, before, now);
  });
  const added = Object.keys(current).filter((name) => !Object.hasOwn(published, name));
  return [...changes, ...added.map((name) => adds(`${kind} ${name} is new`))];
}

function doorChanges(name: string, before: LockedDoor, now: LockedDoor): Change[] {
  const changes: Change[] = [];
  if (before.body !== now.body)
    changes.push(breaks(`${name} takes ${now.body}, not ${before.body}`));
  for (const status of missing(before.answers, now.answers)) {
    changes.push(breaks(`${name} no longer answers ${status}`));
  }
  for (const status of missing(now.answers, before.answers)) {
    changes.push(adds(`${name} may answer ${status}`));
  }
  return changes;
}

function fieldsChanges(contract: string, before: LockedContract, now: LockedContract): Change[] {
  const isImmutable = before.immutable === true;
  const changes = Object.entries(before.fields).flatMap(([name, field]) => {
    const current = now.fields[name];
    const where = `${contract}.${name}`;
    return current
      ? fieldChanges(where, field, current, isImmutable)
      : [breaks(`${where} is gone`)];
  });
  const added = Object.entries(now.fields).filter(([name]) => !Object.hasOwn(before.fields, name));
  const isNew = new Set(added.map(([name]) => name));
  return [
    ...changes,
    ...added.map(([name, field]) =>
      // What a new part requires, nobody is asked for who does not send the part.
      newField(
        `${contract}.${name}`,
        field,
        field.rule === 'required' && isNew.has(parentOf(name)),
      ),
    ),
  ];
}

const parentOf = (field: string): string => field.slice(0, Math.max(0, field.lastIndexOf('.')));

/** What a sender may have sent as an unknown field must not break it now. */
const newField = (where: string, { rule }: LockedField, isOfNewPart: boolean): Change =>
  rule === 'optional' || isOfNewPart
    ? adds(`${where} is new`)
    : breaks(`${where} is new and ${rule}`);

function fieldChanges(
  where: string,
  before: LockedField,
  now: LockedField,
  isImmutable: boolean,
): Change[] {
  return [
    ...ruleChanges(where, before, now),
    ...KEPT.filter((name) => before[name] !== now[name]).map((name) =>
      breaks(`${where}: ${name} is ${now[name] ?? 'open'}, was ${before[name] ?? 'open'}`),
    ),
    ...LEAST.flatMap((name) =>
      limitChanges(where, name, before[name] ?? -Infinity, now[name] ?? -Infinity, 1),
    ),
    ...MOST.flatMap((name) =>
      limitChanges(where, name, before[name] ?? Infinity, now[name] ?? Infinity, -1),
    ),
    ...valueChanges(where, before, now, isImmutable),
  ];
}

const KEPT = [
  'type',
  'format',
  'pattern',
  'normalise',
  'alias',
  'accepts',
  'requires',
  'lenient',
  'storable',
] as const;
const LEAST = ['minLength', 'minimum', 'minItems', 'earliest'] as const;
const MOST = ['maxLength', 'maximum', 'maxItems', 'latest', 'mostAhead', 'mostBehind'] as const;

function ruleChanges(
  where: string,
  { rule: before }: LockedField,
  { rule: now }: LockedField,
): Change[] {
  if (before === now) return [];
  const said = `${where} is ${now}, was ${before}`;
  return [before === 'required' && now === 'optional' ? adds(said) : breaks(said)];
}

/** `tighter` is the direction in which the limit lets less through. */
function limitChanges(
  where: string,
  name: string,
  before: number,
  now: number,
  tighter: 1 | -1,
): Change[] {
  if (before === now) return [];
  const said = `${where}: ${name} is ${now}, was ${before}`;
  return [Math.sign(now - before) === tighter ? breaks(said) : adds(said)];
}

function valueChanges(
  where: string,
  { values: before }: LockedField,
  { values: now }: LockedField,
  isImmutable: boolean,
): Change[] {
  const grows = isImmutable ? breaks : adds;
  if (before === undefined) return now ? [breaks(`${where} takes listed values only`)] : [];
  if (now === undefined) return [grows(`${where} takes any value`)];
  return [
    ...missing(before, now).map((value) => breaks(`${where} no longer takes ${value}`)),
    ...missing(now, before).map((value) => grows(`${where} takes ${value} too`)),
  ];
}

const missing = <Value>(from: readonly Value[], others: readonly Value[]): Value[] =>
  from.filter((value) => !others.includes(value));

/** The record with what is published now added. @throws for what must not be published. */
export function extended(published: ContractLock, current: ContractLock): ContractLock {
  const { breaking } = contractChanges(published, current);
  if (breaking.length > 0) throw new Error(`Breaks senders:\n${breaking.join('\n')}`);
  const contracts = Object.entries(current.contracts).map(([name, { fields }]) => {
    const isImmutable = published.contracts[name]?.immutable === true;
    return [name, { ...(isImmutable && { immutable: true as const }), fields }] as const;
  });
  return { doors: current.doors, contracts: Object.fromEntries(contracts) };
}
