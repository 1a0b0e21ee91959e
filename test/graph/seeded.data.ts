/** What demo's canvas holds on the sandbox, by the ids its things have. */
export const seeded = {
  gateway: "aaaaaaaa-0000-4000-8000-000000000001",
  pipeline: "bbbbbbbb-0000-4000-8000-000000000001",
  serviceEndpoint: "eeeeeeee-0000-4000-8000-000000000001",
  apiEndpoint: "ffffffff-0000-4000-8000-000000000001",
};
