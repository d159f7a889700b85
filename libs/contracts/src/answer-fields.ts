import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { publishedAs } from './fields.js';

/** What answers say of a contract's event: all its fields, null where the sender left one out. */
export type Answered<Contract> = {
  readonly [Field in keyof Contract]-?: undefined extends Contract[Field]
    ? Exclude<Contract[Field], undefined> | null
    : Contract[Field];
};

/**
 * A contract's field in an answer, published with the contract's own words. Null where the contract
 * leaves it optional, or where only some of its variants have it.
 */
export const AsIn =
  (contract: { prototype: object }, { nullable = false } = {}): PropertyDecorator =>
  (target, field) => {
    const { required, ...schema } = publishedAs(contract, String(field));
    const isNullable = nullable || required === false;
    const options = { ...schema, ...(isNullable && { nullable: true }), required: true };
    ApiProperty(options as ApiPropertyOptions)(target, field);
  };

interface AnswerOptions {
  readonly description: string;
  readonly nullable?: boolean;
  readonly example?: string | number | boolean;
}

/** Text of an answer: always there, null only where it says so. */
export const AnswerText = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: String, required: true });

/** A number of things. */
export const AnswerCount = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ minimum: 0, ...options, type: 'integer', required: true });

/** How many more of something, or fewer. */
export const AnswerDifference = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: 'integer', required: true });

/** A number of whatever size. */
export const AnswerNumber = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: Number, required: true });

/** An amount of money in whole minor units. */
export const AnswerAmount = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: 'integer', format: 'int64', required: true });

interface ListAnswerOptions extends Omit<AnswerOptions, 'example'> {
  readonly example?: readonly string[];
}

/** Some texts of an answer. */
export const AnswerTexts = ({ example = [], ...options }: ListAnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: String, isArray: true, required: true, example: [...example] });

export const AnswerFlag = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: Boolean, required: true });

/** An object whose fields are not ours to know. */
export const AnswerObject = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: 'object', additionalProperties: true, selfRequired: true });

/** A part of a whole, in percent. */
export const AnswerPercentage = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ minimum: 0, maximum: 100, ...options, type: Number, required: true });

/** A day of an answer, as `YYYY-MM-DD` in UTC. */
export const AnswerDay = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: String, format: 'date', required: true });

/** A time of an answer, as ISO 8601 in UTC. */
export const AnswerTime = (options: AnswerOptions): PropertyDecorator =>
  ApiProperty({ ...options, type: String, format: 'date-time', required: true });

/** A value of a closed catalogue in an answer. */
export const AnswerValue = (
  options: AnswerOptions & { name: string; values: readonly string[] },
): PropertyDecorator => {
  const { name, values, ...schema } = options;
  return ApiProperty({ ...schema, enum: [...values], enumName: name, required: true });
};

/** Values of a closed catalogue in an answer. */
export const AnswerValues = (
  options: ListAnswerOptions & { name: string; values: readonly string[] },
): PropertyDecorator => {
  const { name, values, example = values.slice(0, 1), ...schema } = options;
  const list = { enum: [...values], enumName: name, isArray: true, required: true };
  return ApiProperty({ ...schema, ...list, example: [...example] });
};

/** An object within an answer. */
export const AnswerPart = (
  of: new () => object,
  description: string,
  { nullable = false } = {},
): PropertyDecorator =>
  ApiProperty({ description, type: of, required: true, ...(nullable && { nullable }) });

/** A list of an answer. */
export const AnswerList = (of: new () => object, description: string): PropertyDecorator =>
  ApiProperty({ description, type: of, isArray: true, required: true });

/** Where the next page begins, in the words of every list. */
export const NextCursor = (): PropertyDecorator =>
  AnswerText({
    description: 'Send it as `cursor` for the next page; null on the last one.',
    nullable: true,
  });
