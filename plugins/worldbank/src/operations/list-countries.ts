import { codedSchema, errors, pagingParameters, pagingProperties } from '../paging.ts';

/** The countries and groups of countries the service knows. */
export const listCountries = {
  name: 'listCountries',
  title: 'List countries',
  description: 'Countries and groups of countries with their codes, region, income level and capital.',
  effect: 'read' as const,
  input: {
    type: 'object',
    properties: {
      region: { type: 'string', title: 'Region', description: 'Code of a region, for example ECS.' },
      incomeLevel: { type: 'string', title: 'Income level', description: 'For example HIC, UMC, LMC or LIC.' },
      ...pagingProperties,
    },
    additionalProperties: false,
  },
  output: {
    type: ['array', 'null'],
    items: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Three-letter code.' },
        iso2Code: { type: 'string' },
        name: { type: 'string' },
        region: codedSchema,
        adminregion: codedSchema,
        incomeLevel: codedSchema,
        lendingType: codedSchema,
        capitalCity: { type: 'string' },
        longitude: { type: 'string' },
        latitude: { type: 'string' },
      },
    },
  },
  ui: { '/page': { isAdvanced: true }, '/per_page': { isAdvanced: true } },
  request: {
    method: 'GET' as const,
    path: '/country',
    query: { format: 'json' },
    parameters: [
      { name: 'region', location: 'query' as const },
      { name: 'incomeLevel', location: 'query' as const, wireName: 'incomelevel' },
      ...pagingParameters,
    ],
    outputPointer: '/1',
  },
  errors,
  samples: [
    {
      input: { region: 'ECS', per_page: 1 },
      output: [{ id: 'NOR', iso2Code: 'NO', name: 'Norway', region: { id: 'ECS', value: 'Europe & Central Asia' } }],
    },
  ],
};
