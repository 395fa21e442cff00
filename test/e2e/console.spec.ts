import { startDemoService, type DemoService } from '../support/demo-service.js';

describe('the console', () => {
  let service: DemoService;

  beforeAll(async () => {
    service = await startDemoService();
  }, 60_000);

  afterAll(() => service.close());

  it('is where a browser that opens the bare address arrives', async () => {
    const page = await fetch(service.url);
    expect(page.url).toBe(`${service.url}/docs/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<title>Marginal</title>');
  });

  it('has its scripts from the service itself, and the keys of the demo in one of them', async () => {
    const page = await (await fetch(`${service.url}/docs/`)).text();
    const sources = [...page.matchAll(/<script src=['"]([^'"]+)['"]/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(2);
    const scripts = await Promise.all(
      sources.map(async (source) => {
        const answer = await fetch(new URL(source, `${service.url}/docs/`));
        expect([source, answer.status, answer.headers.get('content-type')]).toEqual([
          source,
          200,
          expect.stringContaining('javascript'),
        ]);
        return answer.text();
      }),
    );
    for (const key of ['demo-desk', 'demo-risk', 'demo-admin']) {
      expect(scripts.some((script) => script.includes(key))).toBe(true);
    }
  });
});
