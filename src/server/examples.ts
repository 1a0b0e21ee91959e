import { examplesFor } from "../examples/examples.ts";

/** What the explorer offers on a real platform: the names are the reader's to fill in. */
export const platformExamples = examplesFor({
  producer: "<producer>",
  owner: "<owner>",
  env: "dev",
  newEnv: "<environment>",
  guest: "<login>",
  gateway: "<gateway-id>",
  functionName: "<function>",
  dataSource: "<data-source>",
});
