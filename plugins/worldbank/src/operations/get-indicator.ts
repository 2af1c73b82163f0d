import { codedSchema, errors, pagingParameters, pagingProperties } from '../paging.ts';

/** One indicator of one or more countries over time. */
export const getIndicator = {
  name: 'getIndicator',
  title: 'Get indicator',
  description: 'Values of one indicator, newest year first, for one country, several or all.',
  effect: 'read' as const,
  input: {
    type: 'object',
    properties: {
      country: {
        type: 'string',
        minLength: 2,
        title: 'Country',
        description: 'Two- or three-letter code; several with semicolons (de;fr); all for every country.',
        examples: ['de', 'no;se', 'all'],
      },
      indicator: {
        type: 'string',
        minLength: 3,
        title: 'Indicator',
        description: 'Code of the indicator, for example SP.POP.TOTL for the population.',
        examples: ['SP.POP.TOTL', 'NY.GDP.MKTP.CD'],
      },
      date: {
        type: 'string',
        pattern: '^\\d{4}(:\\d{4})?$',
        title: 'Years',
        description: 'A year, or two with a colon: 2010:2020.',
      },
      ...pagingProperties,
    },
    required: ['country', 'indicator'],
    additionalProperties: false,
  },
  output: {
    type: ['array', 'null'],
    description: 'One row per country and year; null when there is nothing.',
    items: {
      type: 'object',
      properties: {
        indicator: codedSchema,
        country: codedSchema,
        countryiso3code: { type: 'string' },
        date: { type: 'string', description: 'The year.' },
        value: { type: ['number', 'null'] },
        unit: { type: 'string' },
        obs_status: { type: 'string' },
        decimal: { type: 'integer' },
      },
    },
  },
  ui: { '/page': { isAdvanced: true }, '/per_page': { isAdvanced: true } },
  request: {
    method: 'GET' as const,
    path: '/country/{country}/indicator/{indicator}',
    query: { format: 'json' },
    parameters: [
      { name: 'country', location: 'path' as const },
      { name: 'indicator', location: 'path' as const },
      { name: 'date', location: 'query' as const },
      ...pagingParameters,
    ],
    outputPointer: '/1',
  },
  errors,
  samples: [
    {
      input: { country: 'no', indicator: 'SP.POP.TOTL', date: '2020' },
      output: [
        {
          indicator: { id: 'SP.POP.TOTL', value: 'Population, total' },
          country: { id: 'NO', value: 'Norway' },
          countryiso3code: 'NOR',
          date: '2020',
          value: 5379475,
          unit: '',
          obs_status: '',
          decimal: 0,
        },
      ],
    },
  ],
};
