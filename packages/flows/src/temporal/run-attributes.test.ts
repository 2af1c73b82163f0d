import { describe, expect, it } from 'vitest';
import { createRunAttributes, isAttributeRefusal, type AttributeService } from './run-attributes.ts';

const run = { tenantId: 't', flowId: 'f', version: null, runId: 'r', triggerKind: 'manual' };

/** An error of gRPC as the client throws it. */
function grpcError(code: number, details: string): Error {
  return Object.assign(new Error(details), { code, details, metadata: {} });
}

/** A namespace that knows some attributes and answers to adding others as it is told. */
function aNamespace(known: string[], add: (names: string[]) => Error | undefined): AttributeService {
  return {
    workflowService: {
      countWorkflowExecutions: (({ query }: { query: string }) => {
        const unknown = query.split(' and ').find((part) => !known.includes(part.split(' ')[0] ?? ''));
        return unknown === undefined
          ? Promise.resolve({})
          : Promise.reject(grpcError(3, `no mapping for search attribute ${unknown}`));
      }) as never, // one of many signatures
    },
    operatorService: {
      listSearchAttributes: (() =>
        Promise.resolve({ customAttributes: Object.fromEntries(known.map((name) => [name, 2])) })) as never,
      addSearchAttributes: (({ searchAttributes }: { searchAttributes: Record<string, number> }) => {
        const refused = add(Object.keys(searchAttributes));
        if (refused) return Promise.reject(refused);
        known.push(...Object.keys(searchAttributes));
        return Promise.resolve({});
      }) as never,
    },
  };
}

describe('createRunAttributes', () => {
  it('adds only what the namespace does not know', async () => {
    const added: string[][] = [];
    const attributes = createRunAttributes(
      aNamespace(['TenantId', 'FlowId'], (names) => void added.push(names)),
      'n',
    );
    expect(attributes.of(run)).toBeUndefined();
    await attributes.ensure();
    await attributes.ensure();
    expect(added).toEqual([['FlowVersion', 'FlowRunId', 'TriggerType']]);
    expect(
      attributes
        .of(run)
        ?.getAll()
        .map(({ key, value }) => [key.name, value]),
    ).toContainEqual(['FlowVersion', 'draft']);
  });

  it('says what an operator has to do when it may not register them, and lets runs start without', async () => {
    const attributes = createRunAttributes(
      aNamespace([], () => grpcError(7, 'Request unauthorized.')),
      'prod',
    );
    await expect(attributes.ensure()).rejects.toMatchObject({
      code: 'config_invalid',
      hint: expect.stringContaining('create --namespace prod --type Keyword --name TenantId') as string,
    });
    expect(attributes.of(run)).toBeUndefined();
  });

  it('needs no right to register when they are there', async () => {
    const known = ['TenantId', 'FlowId', 'FlowVersion', 'FlowRunId', 'TriggerType'];
    const attributes = createRunAttributes(
      aNamespace(known, () => grpcError(7, 'never asked')),
      'n',
    );
    await attributes.ensure();
    expect(attributes.of(run)).toBeDefined();
    attributes.suspend();
    expect(attributes.of(run)).toBeUndefined();
  });
});

describe('isAttributeRefusal', () => {
  it('tells a refusal of attributes from other refusals, also behind the error of the client', () => {
    const refusal = grpcError(3, 'Namespace n has no mapping defined for search attribute TenantId');
    expect(isAttributeRefusal(new Error('Failed to start', { cause: refusal }))).toBe(true);
    expect(isAttributeRefusal(grpcError(3, 'WorkflowId is not set'))).toBe(false);
    expect(isAttributeRefusal(new Error('search attribute'))).toBe(false);
  });
});
