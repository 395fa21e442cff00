import { ChoiceField } from '../fields/choice-field.js';
import { NestedField } from '../fields/nested-field.js';
import { IdField } from '../fields/text-fields.js';

export const CONTINGENCIES = ['ONE_CANCELS_THE_OTHER', 'ONE_TRIGGERS_THE_OTHER'] as const;
export type Contingency = (typeof CONTINGENCIES)[number];

/** Orders of which not all can execute. */
export class OrderLinkDto {
  @IdField({ description: 'Id of the list of orders (FIX 66), unique within the request.', example: 'L-1' })
  listId!: string;

  @ChoiceField({
    choices: CONTINGENCIES,
    description:
      'FIX 1385. ONE_CANCELS_THE_OTHER: the parts of the orders that execute come to one whole order at most. ' +
      'ONE_TRIGGERS_THE_OTHER: the first order is an entry, the others are its exits, which execute only as far as the ' +
      'entry has, and cancel each other. State a link only where the venue keeps it; what two messages of your own are to ' +
      'keep is no link.',
    example: 'ONE_CANCELS_THE_OTHER',
  })
  contingencyType!: Contingency;

  @IdField({
    list: { minItems: 2, maxItems: 50 },
    description: 'Orders of the request, each in one link at most; of ONE_TRIGGERS_THE_OTHER the entry first.',
    example: ['R-1', 'R-2'],
  })
  clOrdIds!: string[];
}

const MAX_LINKS = 25;

export const LinksField = (more = ''): PropertyDecorator =>
  NestedField(() => OrderLinkDto, {
    optional: true,
    list: { maxItems: MAX_LINKS },
    description: `Which orders cannot all execute: held is the worst that the links allow. Absent: any may.${more}`,
  });
