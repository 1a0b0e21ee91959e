/** What has an id of its own on the canvas, and the digit its ids begin with. */
const kinds = {
  function: "0",
  model: "1",
  api: "2",
  portal: "3",
  microService: "4",
  dataSource: "5",
  connection: "6",
  state: "7",
  relation: "8",
  plan: "9",
  gateway: "a",
  pipeline: "b",
  policy: "c",
  rule: "d",
  serviceEndpoint: "e",
  apiEndpoint: "f",
} as const;

/** The id of the nth of a kind, the same at every start. */
export function idOf(kind: keyof typeof kinds, number: number): string {
  return `${kinds[kind].repeat(8)}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
