const FROM = '2026-06-01';

/** They run as printed on the demo, by themselves and as dry runs. */
export const HOUSE_RULE_EXAMPLES = {
  'firm-wider-range': {
    summary: 'Twenty per cent down for every stock',
    value: {
      ...{ scope: 'FIRM', productClass: 'EQUITY', parameter: 'priceMove.down', value: -0.2, effectiveFrom: FROM },
      reason: 'Volatile season',
    },
  },
  'group-one-class-group': {
    summary: 'Thirty per cent up on one name, for a group of accounts',
    value: {
      ...{ scope: 'GROUP', groupId: 'short-volatility', classGroup: 'HLVN', parameter: 'priceMove.up', value: 0.3 },
      ...{ effectiveFrom: FROM, effectiveTo: '2026-07-31' },
      reason: 'Results on 24 July',
    },
  },
  'account-exception': {
    summary: 'An exception from a rule of the firm: it loosens, and waits for approval',
    value: {
      ...{ scope: 'ACCOUNT', accountId: 'demo-market-maker', classGroup: 'GRZN', parameter: 'priceMove.down' },
      ...{ value: -0.2, effectiveFrom: FROM },
      reason: 'A market maker can leave such a position sooner',
    },
  },
};

export const GROUP_EXAMPLES = {
  'new-group': {
    summary: 'Two accounts that are treated alike',
    value: {
      ...{ id: 'condors', name: 'Condors and strangles', members: ['demo-iron-condor', 'demo-short-strangle'] },
      reason: 'One strategy, one rule',
    },
  },
};

export const PACK_EXAMPLES = {
  'switch-on': {
    summary: 'The published rules of a broker, from a day on',
    value: { enabled: true, effectiveFrom: FROM, reason: 'As strict as they are' },
  },
};

export const AMEND_EXAMPLES = {
  'wider-from-july': {
    summary: 'Thirty per cent from July on; June keeps what it had',
    value: { value: -0.3, effectiveFrom: '2026-07-01', reason: 'Results on 24 July' },
  },
};

export const END_EXAMPLES = {
  'last-day': {
    summary: 'Until the end of the year',
    value: { effectiveTo: '2026-12-31', reason: 'No longer needed' },
  },
};

export const MEMBER_EXAMPLES = {
  'one-joins': {
    summary: 'An account is bound by the group’s rules from now on',
    value: { add: ['demo-iron-condor'], remove: [], reason: 'Sells volatility too' },
  },
};

export const REASON_EXAMPLES = { reason: { summary: 'Why', value: { reason: 'Agreed with the desk' } } };
