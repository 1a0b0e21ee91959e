import { Pool } from "undici";

const headers = { accept: "application/json", authorization: "token demo-token" };
const json = { ...headers, "content-type": "application/json" };

/** The upstream over kept connections of the cheapest client there is. */
export function createUpstream(url) {
  const pool = new Pool(url, { connections: 64, pipelining: 1 });
  const read = async (answer) => {
    if (answer.statusCode >= 300) throw new Error(`The upstream answered ${answer.statusCode}.`);
    return { body: await answer.body.json(), headers: answer.headers };
  };
  const getWhole = async (path) => read(await pool.request({ method: "GET", path, headers }));
  return {
    getWhole,
    get: async (path) => (await getWhole(path)).body,
    post: async (path, body) => {
      const answer = await pool.request({ method: "POST", path, headers: json, body: JSON.stringify(body) });
      return (await read(answer)).body;
    },
  };
}
