/** The body of the seed's `POST /connector/`, as it stands there (coco lines 32 to 46). */
export const seedBody = {
  name: 'My GitHub Connector',
  description: 'Connects to GitHub repositories',
  category: 'version_control',
  icon: 'font_github',
  tags: ['github', 'code'],
  config: { token: 'ghp_xxxxxxxxxxxx', repos: ['infinilabs/coco-server'] },
  processor: { enabled: true },
  enabled: true,
};

/** A weather connector with an API key in a header and the seed's operation (dibop lines 131 to 145). */
export const weatherBody = {
  name: 'OpenWeatherMap',
  description: 'Weather of cities.',
  base_url: 'https://api.example.com/v1',
  auth_scheme: {
    type: 'api_key',
    credential_schema: [{ name: 'api_key', label: 'API Key', type: 'password', required: true, sensitive: true }],
    parameters: [{ key: 'X-API-Key', location: 'header' }],
    key_prefix: '',
  },
  operations: [
    {
      name: 'get_current_weather',
      display_name: 'Get Current Weather',
      description: 'Returns current weather for a location',
      method: 'GET',
      path: '/data/2.5/weather',
      parameters: [
        { name: 'q', location: 'query', type: 'string', required: true, description: 'City name' },
        { name: 'units', location: 'query', type: 'string', required: false, default: 'metric' },
      ],
    },
  ],
};
