import { Markup, markup } from './markup.js';

describe('markup', () => {
  it('escapes values in text and in attributes, once', () => {
    expect(markup`<p title="${`"'`}">${'<b>&'}</p>`.text).toBe('<p title="&quot;&#39;">&lt;b&gt;&amp;</p>');
    expect(markup`${1.5}`.text).toBe('1.5');
  });

  it('takes markup as it is, alone or in lists', () => {
    const cell = markup`<td>${'<'}</td>`;
    expect(markup`<tr>${cell}${[cell, cell]}${[]}</tr>`.text).toBe(`<tr>${'<td>&lt;</td>'.repeat(3)}</tr>`);
    expect(markup`${new Markup('a > b')}`.text).toBe('a > b');
  });
});
