import { defineDeclarativeConnector } from '@patchbay/connector-sdk';
import { getIndicator } from './operations/get-indicator.ts';
import { listCountries } from './operations/list-countries.ts';

/** Development figures of the World Bank; open to everyone. */
export const connector = defineDeclarativeConnector({
  slug: 'worldbank',
  name: 'World Bank',
  description: 'Development figures of countries: population, income, prices and thousands more. Open, no sign-in.',
  tile: 'teal',
  category: 'Data',
  tags: ['statistics', 'countries', 'open data', 'indicator'],
  documentationUrl: 'https://datahelpdesk.worldbank.org/knowledgebase/topics/125589-developer-information',
  baseUrl: 'https://api.worldbank.org/v2',
  egress: { hosts: ['api.worldbank.org'] },
  auth: [{ type: 'none' }],
  connectionTest: { operation: 'listCountries' },
  operations: [getIndicator, listCountries],
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version.' }],
});
