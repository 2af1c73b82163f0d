/** The lines of the connector API's document as they stand there; only its sample id is not one of ours. */
export const sampleId = 'd07abc123def456ghi';

/** Programs as a reader pastes them into a shell. */
export const cocoLines = {
  create: `curl -H 'Content-Type: application/json' -XPOST http://localhost:9000/connector/ -d'{
  "name": "My GitHub Connector",
  "description": "Connects to GitHub repositories",
  "category": "version_control",
  "icon": "font_github",
  "tags": ["github", "code"],
  "config": {
    "token": "ghp_xxxxxxxxxxxx",
    "repos": ["infinilabs/coco-server"]
  },
  "processor": {
    "enabled": true
  },
  "enabled": true
}'`,
  view: `curl -XGET http://localhost:9000/connector/d07abc123def456ghi`,
  update: `curl -H 'Content-Type: application/json' -XPUT http://localhost:9000/connector/d07abc123def456ghi -d'{
  "name": "My GitHub Connector - Updated",
  "description": "Updated connector for GitHub repositories",
  "enabled": true
}'`,
  delete: `curl -XDELETE http://localhost:9000/connector/d07abc123def456ghi`,
  search: `curl -XGET http://localhost:9000/connector/_search`,
  searchByName: `curl -XGET "http://localhost:9000/connector/_search?query=github"`,
} as const;
