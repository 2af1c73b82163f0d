/** Paging fields, the same for every list. */
export const pagingProperties = {
  page: { type: 'integer', minimum: 1, default: 1, title: 'Page' },
  per_page: { type: 'integer', minimum: 1, maximum: 1000, default: 100, title: 'Rows per page' },
};

/** The paging fields on the wire. */
export const pagingParameters = [
  { name: 'page', location: 'query' as const },
  { name: 'per_page', location: 'query' as const },
];

/** The service reports bad codes with status 200 and a message in place of the data. */
export const errors = [
  { status: 200, bodyPointer: '/0/message', messagePointer: '/0/message/0/value', code: 'remote_bad_request' },
];

/** `{ id, value }`, as the service writes every coded thing. */
export const codedSchema = {
  type: 'object',
  properties: { id: { type: 'string' }, value: { type: 'string' } },
};
