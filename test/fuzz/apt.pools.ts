/** What is there, and can be changed, by the name of what it is given for or by its type. */
export const aptPools: Readonly<Record<string, readonly unknown[]>> = {
  EnvironmentName: ["dev"],
  gateway: ["aaaaaaaa-0000-4000-8000-000000000001"],
  fromId: ["eeeeeeee-0000-4000-8000-000000000001", "eeeeeeee-0000-4000-8000-000000000002"],
  toId: ["bbbbbbbb-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"],
  FunctionName: ["hello", "hello", "another"],
  ModelName: ["Car", "Planted"],
  DataSourceName: ["db"],
  connector: ["memory"],
  RepositoryName: ["dev", "dev", "functions"],
  EntityId: ["eeeeeeee-0000-4000-8000-000000000002", "ffffffff-0000-4000-8000-000000000001"],
  ConsumerName: ["joe"],
  app: ["app"],
  FilePath: ["README.md", "new/file.txt", "new/another.txt", "new/third.txt"],
  Login: ["customer-zu", "customer-al"],
  urls: ["https://example.org"],
  host: ["*"],
  paths: ["/a"],
  methods: ["GET"],
  dnsPrefix: ["another", "third"],
  text: ["a text"],
  condition: [{ name: "always" }],
  action: [{}],
  JSONObject: [{}],
};

/** What need not be given, but where nothing is there yet. */
export const aptFields: ReadonlySet<string> = new Set([
  ...["connector", "urls", "host", "paths", "methods", "dnsPrefix", "text", "name"],
]);
