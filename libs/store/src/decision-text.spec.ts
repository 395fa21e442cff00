import * as fc from 'fast-check';
import { CommonText, type DecisionText, DecisionTexts, givenDecision, singularText, wholeText } from './decision-text.js';
import { blockId, slotId } from './what-if-id.js';

/** Texts as they stand in JSON, with everything that could be taken for a mark. */
const jsonText = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\u0001', '\u0002', '\u0003', '\u0004', '"') }))
  .map((text) => JSON.stringify(text));
const value = (id: string) =>
  fc.oneof(jsonText, fc.constantFrom(id, `a ${id} b ${id}`, ''), jsonText.map((text) => new CommonText(text)));
const skeletons = [['', ''], ['{"id":"', '","a":', ',"b":', '}'], ['whole']] as const;

describe('decisions of a block', () => {
  const block = blockId(Date.UTC(2026, 11, 1));

  it('are given as they were, byte for byte, whatever they hold', () => {
    const decision = (slot: number) => {
      const id = slotId(block, slot);
      const text = fc.constantFrom(...skeletons).chain((constants) => {
        const count = constants.length - 1;
        const values = fc.array(value(id), { minLength: count, maxLength: count });
        return values.map((given): DecisionText => ({ constants, values: given }));
      });
      return fc.record({ id: fc.constant(id), text, headers: fc.oneof(jsonText, fc.constant(`{"at":"/${id}"}`)) });
    };
    fc.assert(
      fc.property(fc.tuple(...Array.from({ length: 5 }, (_, slot) => decision(slot))), (decisions) => {
        const texts = new DecisionTexts();
        const kept = decisions.map(({ id, headers, text }) => texts.kept(id, headers, text));
        decisions.forEach(({ id, headers, text }, index) => {
          const given = givenDecision({ id, kept: kept[index], common: texts.common });
          expect(given).toEqual({ headers, body: wholeText(text) });
        });
      }),
    );
  });

  it('have in common what they share, once', () => {
    const texts = new DecisionTexts();
    const constants = ['{"id":"', '","rules":', '}'];
    const rules = new CommonText('"long"');
    const kept = [0, 1].map((slot) => {
      const id = slotId(block, slot);
      return texts.kept(id, `{"at":"/${id}"}`, { constants, values: [id, rules] });
    });
    expect(texts.common).toHaveLength(3);
    expect(kept[0]).toBe(kept[1]);
    expect(wholeText(singularText('{"a":1}'))).toBe('{"a":1}');
  });
});
