/**
 * A browser script for the console of the demo. One click authorises every call with one of the demo's keys, which
 * everybody knows and which exist nowhere else; and choosing an example of a stored what-if fills in its account, so that
 * examples run as printed.
 */
export const DEMO_SCRIPT = `
function keyButtons() {
  const bar = document.createElement('div');
  bar.id = 'demo-keys';
  bar.style.cssText = 'display:flex;gap:.6em;align-items:center;padding:.6em 20px;max-width:1460px;margin:auto;font:14px sans-serif';
  bar.append('Demo: authorise as');
  for (const key of ['demo-desk', 'demo-risk', 'demo-admin']) {
    const button = document.createElement('button');
    button.textContent = key;
    button.style.cssText = 'padding:.3em 1em;border:1px solid #49cc90;border-radius:4px;background:#fff;cursor:pointer';
    button.onclick = () => {
      window.ui.preauthorizeApiKey('bearer', key);
      for (const other of bar.querySelectorAll('button')) other.style.background = other === button ? '#49cc90' : '#fff';
    };
    bar.append(button);
  }
  return bar;
}

/** The account belongs to the example, and the two are chosen in two lists of the same names. */
function chooseAccount({ target: list }) {
  const operation = list.closest('[id="operations-what-if-whatIf"], [id="operations-reservations-reserve"]');
  const accounts = operation?.querySelector('.parameters .examples-select-element');
  if (!accounts || list === accounts || !list.matches('.examples-select-element')) return;
  accounts.value = list.value;
  accounts.dispatchEvent(new Event('change', { bubbles: true }));
}

window.addEventListener('load', () => {
  document.body.prepend(keyButtons());
  document.body.addEventListener('change', chooseAccount);
});
`;
