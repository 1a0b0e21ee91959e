/** The project whose changes are followed. */
export const producer = "demo";

/** The ways of asking for them that subscribers take in turn. */
export const selections = ["kind by entities missed", "kind entities revision missed"] as const;

/** A selection as an operation. */
export const operationOf = (selection: string) => ({
  query: `subscription Watch($producer: ProducerName!) { projectChanged(producer: $producer) { ${selection} } }`,
  variables: { producer },
});

/** A clock that all processes of a machine share. */
export const nowMicroseconds = () => Number(process.hrtime.bigint() / 1000n);

/** The change that is told as number so-and-so; it says itself when that was. */
export const changeOf = (number: number) => ({
  producer,
  env: "dev",
  audience: "project" as const,
  by: "customer-demo",
  kind: "MODELS" as const,
  entities: [`models/Model${number}`, String(nowMicroseconds())],
  unnamed: 0,
  revision: "a".repeat(64),
  push: undefined,
});

/** What a subscriber is to be told of a change. */
export function expectedOf(selection: string, number: number, toldAt: string): object {
  const { by, kind, revision, entities } = changeOf(number);
  const fields: Record<string, unknown> = { kind, by, entities: [entities[0], toldAt], revision, missed: 0 };
  return Object.fromEntries(selection.split(" ").map((name) => [name, fields[name]]));
}
