import {
  AnswerList,
  AnswerPart,
  AnswerText,
  AnswerTime,
  AnswerValue,
  AnswerValues,
  NextCursor,
} from '../answer-fields.js';
import { CatalogueField, CatalogueListField, TextField } from '../fields.js';
import { ObjectField } from '../nested-fields.js';
import { PageQuery } from '../page.dto.js';
import { InstantField, UuidField, WholeNumberField } from '../query-fields.js';
import { OWNER_KINDS, type OwnerKind } from './owners.catalogue.js';
import { type Scope, SCOPES } from './scopes.catalogue.js';

const KEY_ID = '0b4e2b7c-9d1f-4c57-8a63-2f0d9b1e6a55';
const SUCCESSOR_ID = '8d0c7f43-52a1-4b0e-9a36-6f1b2c7d9e04';
const SCOPE_LIST = { name: 'Scope', values: SCOPES, example: ['dashboards:read'] };
const OWNER_KIND = { name: 'OwnerKind', values: OWNER_KINDS, example: 'creator' };
const OWNER_ID = {
  description: 'Its id, as events and the catalogue have it.',
  example: 'creator-1',
};

/** How long a key goes on working beside its successor, unless somebody says otherwise. */
export const DEFAULT_GRACE_HOURS = 24;
const LONGEST_GRACE_HOURS = 720;

/** Whom a new key is bound to. */
export class KeyOwnerDto {
  @CatalogueField({ ...OWNER_KIND, description: 'What the owner is.' })
  readonly kind: OwnerKind;

  @TextField({ ...OWNER_ID, maxLength: 200 })
  readonly id: string;
}

/** What a new key is for. */
export class CreateKeyDto {
  @TextField({
    description: 'For its owner, to tell keys apart.',
    maxLength: 200,
    example: 'dashboards of a creator',
  })
  readonly name: string;

  @CatalogueListField({
    ...SCOPE_LIST,
    description:
      'What the key may do. `admin` stands for all of them. A key that is bound to an owner may ' +
      'read, and where that is an organization send its commerce events: other scopes are refused.',
  })
  readonly scopes: readonly Scope[];

  @ObjectField({
    description:
      'Binds the key to an owner: of others it sees nothing, and for others it sends nothing. ' +
      'Absent: it stands for everybody.',
    type: KeyOwnerDto,
    optional: true,
  })
  readonly owner?: KeyOwnerDto;

  @InstantField({
    description: 'From when on it opens nothing. Absent: it never ends by itself.',
    optional: true,
  })
  readonly expiresAt?: string;
}

/** How a key is followed by another. */
export class RotateKeyDto {
  @WholeNumberField({
    description:
      'For how many hours the key goes on working beside its successor; 0 ends it at once.',
    minimum: 0,
    maximum: LONGEST_GRACE_HOURS,
    default: DEFAULT_GRACE_HOURS,
    optional: true,
  })
  readonly graceHours: number = DEFAULT_GRACE_HOURS;

  @InstantField({
    description:
      'From when on the successor opens nothing. Absent: it lives as long as the key was to live, ' +
      'counted from now; for ever, where that one had no end.',
    optional: true,
  })
  readonly expiresAt?: string;
}

/** The key that a path names: by its id, which is no secret. */
export class KeyPath {
  @UuidField({ description: 'The key, as the list shows it.', example: KEY_ID })
  readonly id: string;
}

/** Keys are listed from the oldest to the newest. */
export class ListKeysQuery extends PageQuery {}

/** Whom a key is bound to. */
export class KeyOwnerView {
  @AnswerValue({ ...OWNER_KIND, description: 'What the owner is.' })
  readonly kind: string;

  @AnswerText(OWNER_ID)
  readonly id: string;
}

/** What may be told of a key; never the key itself, of which only a hash is stored. */
export class KeyView {
  @AnswerText({
    description: 'Names the key, and is no secret.',
    example: KEY_ID,
  })
  readonly id: string;

  @AnswerText({
    description: 'For its owner, to tell keys apart.',
    example: 'dashboards of a creator',
  })
  readonly name: string;

  @AnswerValues({ ...SCOPE_LIST, description: 'What the key may do.' })
  readonly scopes: readonly string[];

  @AnswerPart(KeyOwnerView, 'Whom alone the key stands for; null where it stands for everybody.', {
    nullable: true,
  })
  readonly owner: KeyOwnerView | null;

  @AnswerTime({ description: 'When the key was made.' })
  readonly createdAt: string;

  @AnswerTime({
    description: 'Since when it opens nothing; null while it is live.',
    nullable: true,
  })
  readonly revokedAt: string | null;

  @AnswerTime({
    description: 'From when on it opens nothing; null where it does not end by itself.',
    nullable: true,
    example: '2027-01-01T00:00:00.000Z',
  })
  readonly expiresAt: string | null;

  @AnswerText({
    description: 'The key that took its place; null where none did.',
    nullable: true,
    example: SUCCESSOR_ID,
  })
  readonly successorId: string | null;

  @AnswerTime({
    description: 'When it was used last, to the minute; null where it never was.',
    nullable: true,
    example: '2026-01-30T12:00:00.000Z',
  })
  readonly lastUsedAt: string | null;
}

export class CreatedKeyView extends KeyView {
  @AnswerText({
    description: 'The key itself, shown this once: only its hash is stored.',
    example: 'ff_0b4e2b7c9d1f4c578a632f0d9b1e6a55_…',
  })
  readonly key: string;
}

/** A new key in the place of another. */
export class RotatedKeyView extends CreatedKeyView {
  @AnswerPart(KeyView, 'The key that it follows: it works until its `expiresAt`.')
  readonly replaces: KeyView;
}

export class KeyPage {
  @AnswerList(KeyView, 'From the oldest to the newest, revoked ones among them.')
  readonly items: readonly KeyView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
