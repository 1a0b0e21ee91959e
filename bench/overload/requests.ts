import { setTimeout as wait } from "node:timers/promises";

/** One kind of request: as bytes for each of many people, and what is the right answer to all of them. */
export interface FloodRequest {
  readonly name: string;
  readonly bytes: readonly Buffer[];
  readonly right: Buffer;
}

const people = 200;

const small = `{ repo(owner: "customer-demo", name: "dev") { name description defaultBranch viewerPermission } }`;
const asking = `{ repo(owner: "customer-demo", name: "dev") { name branches { nodes { name } } } }`;
const large = `{ viewer { login projects(first: 50) { nodes { producer env viewerPermission } } } }`;

/** How often each is asked: most is small and known, some of it asks a service. */
const mix = [
  ["small", small, 7],
  ["asks a service", asking, 2],
  ["large", large, 1],
] as const;

function bytesOf(port: number, query: string, token: string): Buffer {
  const body = JSON.stringify({ query });
  const head = [
    "POST /graphql HTTP/1.1",
    `host: 127.0.0.1:${port}`,
    "content-type: application/json",
    "accept: application/json",
    `authorization: token ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

async function rightAnswer(port: number, query: string): Promise<Buffer> {
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: "token person-0",
      },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    if (!text.includes('"errors"')) return Buffer.from(text);
    if (tries > 20) throw new Error(`${query} is answered ${text.slice(0, 300)}`);
    await wait(100);
  }
}

/** All kinds, as often as they are asked. */
export async function prepareRequests(port: number): Promise<readonly FloodRequest[]> {
  const kinds: FloodRequest[] = [];
  for (const [name, query, share] of mix) {
    const right = await rightAnswer(port, query);
    const bytes = Array.from({ length: people }, (_, person) => bytesOf(port, query, `person-${person}`));
    kinds.push(...Array.from({ length: share }, () => ({ name, bytes, right })));
  }
  return kinds;
}
