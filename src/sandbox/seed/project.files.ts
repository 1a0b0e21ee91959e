import { WorkspaceState } from "../workspace/workspace.state.ts";
import { defaultTiming } from "../workspace/workspace.timing.ts";
import { carDocument } from "./car.document.ts";
import { addCars } from "./car.models.ts";

const built = new Map<string, Readonly<Record<string, string>>>();

/** What a producer's repository holds at first: the files of a project, as its pod would have pushed them. */
export function projectFiles(producer: string, env: string): Readonly<Record<string, string>> {
  const id = `${producer}-${env}`;
  const files = built.get(id) ?? buildFiles(id);
  built.set(id, files);
  return files;
}

/** Only demo's canvas is rich; the others have a gateway and two endpoints that are theirs alone. */
function buildFiles(id: string): Readonly<Record<string, string>> {
  const timing = { ...defaultTiming, installMs: 0 };
  const state = new WorkspaceState({ id, timing, damage: false, onSaved: () => undefined });
  if (id === "demo-dev") addCars(state);
  state.changeProject(id === "demo-dev" ? carDocument() : smallDocument);
  state.close();
  return state.files();
}

const smallDocument = {
  gateways: [{ id: "gateway-1", name: "Gateway", dnsPrefix: "gateway", pipelines: [] }],
  serviceEndpoints: [{ id: "service-1", name: "Cars", urls: ["https://cars.example/api"] }],
  apiEndpoints: [{ id: "endpoint-1", name: "Cars", host: "*", paths: ["/cars*"], methods: ["GET"] }],
};
