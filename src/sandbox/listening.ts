/** Where a sandbox server listens, and by which name others reach it: on loopback unless told otherwise. */
export interface Listening {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  name?: string;
}

/** The services of a sandbox, in the order of their ports. */
const services = [
  "gitea",
  "gitApi",
  "configstore",
  "projectApi",
  "workspaceApi",
  "runningProject",
  "functions",
  "gateways",
  "kubernetes",
  "issuer",
] as const;

/** One of them. */
export type SandboxService = (typeof services)[number];

/** Says where each service of a sandbox listens. */
export type ListenAt = (service: SandboxService) => Listening;

/** On ports that follow each other, from this one on; 0 takes free ones. */
export const fromPort =
  (first: number, place: Omit<Listening, "port"> = {}): ListenAt =>
  (service) => ({ ...place, port: first === 0 ? 0 : first + services.indexOf(service) });
