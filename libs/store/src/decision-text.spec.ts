import { CommonText, decisionText, DecisionTexts, singularText, wholeText } from './decision-text.js';

const BLOCK = '00000000-0000-8000-8000-0000000000';

describe('decisions of a block', () => {
  it('have in common what they share, once', () => {
    const texts = new DecisionTexts();
    const rules = new CommonText('"long"');
    const kept = [`${BLOCK}00`, `${BLOCK}01`].map((id) =>
      texts.kept(id, ['{"at":"/', '"}'], decisionText`{"id":"${id}","rules":${rules}}`),
    );
    expect(texts.common).toHaveLength(3);
    expect(kept[0]).toBe(kept[1]);
  });

  it('are what the template says, without its own line breaks', () => {
    const text = decisionText`{
      "a":${'"b\\n "'},
      "c": 1
    }`;
    expect(wholeText(text)).toBe('{"a":"b\\n ","c": 1}');
    expect(wholeText(singularText('{"a":\n1}'))).toBe('{"a":\n1}');
  });
});
