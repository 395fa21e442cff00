import { ValidateIf } from 'class-validator';

/** Whether a field's other validators apply, decided from its value alone. */
type PlainCondition = (object: unknown, value: unknown) => boolean;

const isSent: PlainCondition = (_object, value) => value !== undefined;
const isNotNull: PlainCondition = (_object, value) => value !== null;

/** Conditions that the compiled validator may evaluate itself: they do not look at the object around the value. */
export const PLAIN_CONDITIONS: ReadonlySet<unknown> = new Set<unknown>([isSent, isNotNull]);

/** The field may be left out. Unlike class-validator's IsOptional it may not be null: the two mean different things. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf(isSent);

/** The field may be null. */
export const MayBeNull = (): PropertyDecorator => ValidateIf(isNotNull);
