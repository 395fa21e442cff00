/**
 * A browser script for the console of the demo: one click authorises every call with one of the demo's keys, which
 * everybody knows and which exist nowhere else.
 */
export const DEMO_AUTHORISATION_SCRIPT = `
window.addEventListener('load', () => {
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
  document.body.prepend(bar);
});
`;
