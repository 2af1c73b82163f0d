import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowDocument } from '@patchbay/flow-model';
import { waitFor } from '@patchbay/tooling';
import {
  greetingDocument,
  startServerHarness,
  waitingDocument,
  type ServerHarness,
  type TestTenant,
} from './server-harness.ts';

let server: ServerHarness;
let tenant: TestTenant;
let token: string;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  tenant = await server.makeTenant('Runs');
  token = tenant.tokens.developer;
}, 120_000);
afterAll(() => server.stop());

/** Makes and publishes a flow; gives its id and the path and secret of its webhook. */
async function publish(document: FlowDocument): Promise<{ id: string; path: string; secret: string }> {
  const { body } = await server.call('createFlow', { token, body: { document } });
  const id = body._id;
  const published = await server.call('publishFlow', { token, params: { id }, body: {} });
  expect(published.body).toMatchObject({ result: 'updated', version: 1 });
  const { body: flow } = await server.call('getFlow', { token, params: { id } });
  const { webhook } = flow._source as { webhook?: { url: string; secret?: string } };
  return { id, path: webhook ? new URL(webhook.url).pathname : '', secret: webhook?.secret ?? '' };
}

const post = (path: string, payload: object | string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

interface EndedRun {
  readonly state: string;
  readonly ended?: string;
}

const ended = (id: string) =>
  waitFor(
    async () => {
      const { body } = await server.call('getRun', { token, params: { id } });
      const run = body._source as EndedRun;
      if (run.ended === undefined) throw new Error(`The run is still ${run.state}.`);
      return run;
    },
    { timeoutMs: 20_000 },
  );

describe('a synchronous webhook', () => {
  it('answers with what the respond step says, without headers that are not its own', async () => {
    const { path } = await publish(greetingDocument());
    const response = await post(path, { name: 'Ada' });
    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ text: 'Hello, Ada!' });
    expect(response.headers['x-greeting']).toBe('yes');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['content-security-policy']).toContain('sandbox');
  });

  it('answers 422 without the cause when the run fails', async () => {
    const { path } = await publish(greetingDocument());
    const response = await post(path, { nobody: 1 });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ error: { code: 'run_failed' } });
    expect(response.body).not.toContain('name');
  });

  it('runs once per idempotency key and refuses another body', async () => {
    const { path, id } = await publish(greetingDocument());
    const headers = { 'idempotency-key': 'order-1' };
    const answers = await Promise.all([post(path, { name: 'Bo' }, headers), post(path, { name: 'Bo' }, headers)]);
    const again = await post(path, { name: 'Bo' }, headers);
    for (const answer of [...answers, again])
      expect([answer.statusCode, answer.body]).toEqual([201, '{"text":"Hello, Bo!"}']);
    expect(new Set([...answers, again].map((answer) => answer.headers['x-patchbay-run'])).size).toBe(1);
    expect((await post(path, { name: 'Eve' }, headers)).statusCode).toBe(409);
    const runs = await server.call('searchRuns', { token, query: { flowId: id } });
    expect(runs.body).toMatchObject({ hits: { total: { value: 1 } } });
  });

  it('checks the secret or the signature', async () => {
    const secret = await publish(greetingDocument({ auth: 'secret' }));
    expect((await post(secret.path, { name: 'A' })).statusCode).toBe(401);
    expect((await post(secret.path, { name: 'A' }, { 'x-patchbay-secret': secret.secret })).statusCode).toBe(201);
    const signed = await publish(greetingDocument({ auth: 'hmac' }));
    const body = JSON.stringify({ name: 'A' });
    const signature = `sha256=${createHmac('sha256', signed.secret).update(body).digest('hex')}`;
    expect((await post(signed.path, body, { 'x-patchbay-signature': signature })).statusCode).toBe(201);
    expect((await post(signed.path, `${body} `, { 'x-patchbay-signature': signature })).statusCode).toBe(401);
  });

  it('keeps to its size limit and its content types', async () => {
    const { path } = await publish(greetingDocument({ maxBodyBytes: 1_000 }));
    expect((await post(path, { name: 'x'.repeat(2_000) })).statusCode).toBe(413);
    const form = await server.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'name=Form',
    });
    expect(form.json()).toEqual({ text: 'Hello, Form!' });
    expect((await post(path, 'x', { 'content-type': 'image/png' })).statusCode).toBe(400);
    expect((await post(path, '{"a":"\\u0000"}')).statusCode).toBe(400);
    expect((await post('/hook/aaaaaaaaaaaaaaaaaaaaaa', {})).statusCode).toBe(404);
  });

  it('stops when the flow is off and takes a new version at once', async () => {
    const { id, path } = await publish(greetingDocument());
    expect((await post(path, { name: 'A' })).statusCode).toBe(201);
    await server.call('disableFlow', { token, params: { id } });
    expect((await post(path, { name: 'A' })).statusCode).toBe(404);
    await server.call('enableFlow', { token, params: { id } });
    const document = greetingDocument();
    document.steps['greet'] = {
      key: 'greet',
      title: 'Greet',
      kind: 'transform',
      output: { object: { text: { value: 'v2' } } },
    };
    await server.call('updateFlow', { token, params: { id }, body: { document }, headers: { 'if-match': '"1"' } });
    await server.call('publishFlow', { token, params: { id }, body: { note: 'second' } });
    expect((await post(path, { name: 'A' })).json()).toEqual({ text: 'v2' });
  });
});

describe('an asynchronous webhook', () => {
  it('answers 202 with the run, which is then found and shown', async () => {
    const { path } = await publish(greetingDocument({ reply: 'async' }));
    const response = await post(path, { name: 'Cy' });
    expect(response.statusCode).toBe(202);
    const { runId, url } = response.json<{ runId: string; url: string }>();
    expect(url).toBe(`http://localhost/app/runs/${runId}`);
    expect(await ended(runId)).toMatchObject({
      state: 'succeeded',
      steps: [{ path: 'greet', state: 'succeeded' }, { path: 'answer' }],
    });
    const step = await server.call('getRunStep', { token, params: { id: runId }, query: { path: 'greet' } });
    expect(step.body._source).toMatchObject({ output: { text: 'Hello, Cy!' }, title: 'Greet' });
    const trigger = await server.call('getRunStep', { token, params: { id: runId }, query: { path: 'trigger' } });
    expect(trigger.body._source).toMatchObject({ output: { body: { name: 'Cy' }, method: 'POST' } });
  });

  it('keeps signing headers out of the data of the run', async () => {
    const { path, secret } = await publish(greetingDocument({ reply: 'async', auth: 'secret' }));
    const response = await post(
      path,
      { name: 'D' },
      { 'x-patchbay-secret': secret, authorization: 'Bearer planted', cookie: 'planted=1' },
    );
    const { runId } = response.json<{ runId: string }>();
    const trigger = await server.call('getRunStep', { token, params: { id: runId }, query: { path: 'trigger' } });
    expect(JSON.stringify(trigger.body)).not.toMatch(new RegExp(`planted|${secret}`));
  });
});

describe('runs by the API', () => {
  it('start the live version, a version, or the draft, and check the input', async () => {
    const { id } = await publish(greetingDocument('manual'));
    const live = await server.call('startRun', { token, body: { flowId: id, input: { name: 'L' } } });
    expect([live.status, live.body]).toMatchObject([202, { result: 'created' }]);
    expect(await ended(live.body._id)).toMatchObject({ state: 'succeeded', flowVersion: 1, isTest: false });
    const draft = await server.call('startRun', {
      token,
      body: { flowId: id, input: { name: 'L' }, version: 'draft' },
    });
    expect(await ended(draft.body._id)).toMatchObject({ state: 'succeeded', isTest: true });
    const wrong = await server.call('startRun', { token, body: { flowId: id, input: {} } });
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'run_input_invalid']);
    const missing = await server.call('startRun', { token, body: { flowId: id, input: { name: 'L' }, version: 9 } });
    expect(missing.status).toBe(404);
    const stats = await server.call('getRunStats', { token, query: { flowId: id } });
    expect(stats.body).toMatchObject({ liveFlows: expect.any(Number) as number, connectionsToFix: 0 });
  });

  it('cancel a waiting run', async () => {
    const { id } = await publish(waitingDocument());
    const { body } = await server.call('startRun', { token, body: { flowId: id, input: { name: 'W' } } });
    const cancelled = await server.call('cancelRun', { token, params: { id: body._id } });
    expect(cancelled.body).toMatchObject({ result: 'updated' });
    expect(await ended(body._id)).toMatchObject({ state: 'cancelled', steps: [{ path: 'pause', state: 'cancelled' }] });
    const again = await server.call('cancelRun', { token, params: { id: body._id } });
    expect([again.status, again.body.error.code]).toEqual([409, 'run_already_closed']);
  });

  it('test one step of the draft with samples or given data', async () => {
    const { id } = await publish(greetingDocument('manual'));
    const sample = await server.call('testStep', { token, params: { id }, body: { step: 'greet' } });
    expect(sample.body).toMatchObject({ state: 'succeeded', output: { text: 'Hello, Sam!' } });
    const given = await server.call('testStep', {
      token,
      params: { id },
      body: { step: 'greet', scope: { trigger: { name: 'Kim' } } },
    });
    expect(given.body).toMatchObject({ output: { text: 'Hello, Kim!' } });
    const failed = await server.call('testStep', {
      token,
      params: { id },
      body: { step: 'greet', scope: { trigger: {} } },
    });
    expect(failed.body).toMatchObject({ state: 'failed', error: { code: 'expression_failed' } });
    expect((await server.call('testStep', { token, params: { id }, body: { step: 'none' } })).status).toBe(404);
    const list = await server.call('searchRuns', { token, query: { flowId: id } });
    expect(list.body).toMatchObject({ hits: { total: { value: 0 } } });
  });

  it('tests a step although another one is broken', async () => {
    const document = greetingDocument('manual');
    document.steps['answer'] = {
      key: 'answer',
      title: 'Answer',
      kind: 'respond',
      status: { formula: 'nonsense.field' },
    };
    const { body } = await server.call('createFlow', { token, body: { document } });
    const tested = await server.call('testStep', { token, params: { id: body._id }, body: { step: 'greet' } });
    expect(tested.body).toMatchObject({ state: 'succeeded' });
    const broken = await server.call('testStep', { token, params: { id: body._id }, body: { step: 'answer' } });
    expect([broken.status, broken.body.error.code]).toEqual([422, 'flow_invalid']);
  });
});

describe('run events', () => {
  it('send the run as it changes and end with it', async () => {
    const { id } = await publish(waitingDocument());
    const { body } = await server.call('startRun', { token, body: { flowId: id, input: { name: 'W' } } });
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
    const response = await fetch(`${address}/run/${body._id}/_events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes('"waiting"') && !text.includes('event: end'))
        await server.call('cancelRun', { token, params: { id: body._id } });
    }
    const states = [...text.matchAll(/"state":"(\w+)","isTest"/g)].map((match) => match[1]);
    expect(states.at(-1)).toBe('cancelled');
    expect(text.trimEnd().endsWith('event: end\ndata: {}')).toBe(true);
    const missing = await fetch(`${address}/run/none/_events`, { headers: { authorization: `Bearer ${token}` } });
    expect(missing.status).toBe(404);
  });
});
