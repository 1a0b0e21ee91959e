/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TrustedDocument } from "../document.ts";
/** What somebody may do with a repository; each level includes those before it. */
export type PermissionLevel =
  /** See it. */
  | 'READ'
  /** See and change it. */
  | 'WRITE'
  /** See and change it, and say who else may. Owners and site admins are here. */
  | 'ADMIN';

/** What is to be done so that something runs as it is saved. */
export type DifferenceAction =
  /** It is saved and does not run. */
  | 'CREATE'
  /** It runs in another way than it is saved. */
  | 'UPDATE'
  /** It runs and is not saved, or not for this gateway. */
  | 'DELETE';

/** The kinds of things that a gateway's configuration is made of. */
export type GatewayEntryKind =
  /** A pipeline. */
  | 'PIPELINE'
  /** What the gateway takes requests for. */
  | 'API_ENDPOINT'
  /** Where pipelines lead to. */
  | 'SERVICE_ENDPOINT';

/** What a caller shows to a gateway. */
export type CredentialType =
  /** A key and its secret, for the policy key-auth. */
  | 'KEY_AUTH'
  /** A user's name and a password, for the policy basic-auth. */
  | 'BASIC_AUTH'
  /** An application's id and a secret, for the policy oauth2. */
  | 'OAUTH2'
  /** A key and a secret to sign tokens with, for the policy jwt. */
  | 'JWT';

/** What of the platform a pod is. */
export type PodKind =
  /** It keeps and runs a project. */
  | 'WORKSPACE'
  /** It keeps and deploys a producer's functions. */
  | 'SLS_API'
  /** It is a gateway. */
  | 'GATEWAY'
  /** It is a function. */
  | 'FUNCTION';

/** Why what is told may no longer be so. */
export type StaleReason =
  /** The cluster does not answer. */
  | 'UNREACHABLE'
  /** The cluster does not know the gateway's credential. */
  | 'UNAUTHORIZED'
  /** The cluster does not let the gateway look. */
  | 'FORBIDDEN'
  /** The cluster has too much to do. */
  | 'BUSY'
  /** The gateway was too far behind, and reads everything anew. */
  | 'EXPIRED'
  /** There is more than the gateway may keep. */
  | 'TOO_MANY'
  /** The cluster does not know such things: they have not been installed there. */
  | 'MISSING';

/** What a workspace is doing. */
export type WorkspaceState =
  /** It runs the project, as far as it knows. */
  | 'RUNNING'
  /** It installs what the project depends on; until then the project is down. */
  | 'INSTALLING'
  /** The project has ended with an error; `output` may say which. */
  | 'CRASHED'
  /** It says something that the gateway has no word for. */
  | 'UNKNOWN';

/** What is done to a function on the cluster. */
export type DeploymentKind =
  /** What runs of it is taken away, and it is deployed as it is saved. */
  | 'DEPLOY'
  /** What runs of it is taken away. */
  | 'UNDEPLOY';

/** How far a deployment has come. */
export type DeploymentState =
  /** It waits for its turn. */
  | 'QUEUED'
  /** The platform is at it. */
  | 'RUNNING'
  /** It is done. */
  | 'SUCCEEDED'
  /** It came to nothing, and `reason` says why; what ran before may have been taken away. */
  | 'FAILED'
  /** It was not answered, and looking did not tell what became of it. */
  | 'UNKNOWN'
  /** It was given up before it began. */
  | 'CANCELLED';

/** How far a pod has come, in the cluster's terms. */
export type PodPhase =
  /** It waits for a place to run, for its image or for its containers. */
  | 'PENDING'
  /** Its containers were started; they may have crashed since. */
  | 'RUNNING'
  /** All its containers have ended well. */
  | 'SUCCEEDED'
  /** It has ended, and not well. */
  | 'FAILED'
  /** Where it runs does not answer. */
  | 'UNKNOWN';

/** What a container is doing. */
export type ContainerState =
  /** It waits to be started, maybe again. */
  | 'WAITING'
  /** It runs. */
  | 'RUNNING'
  /** It has ended. */
  | 'TERMINATED';

/** What the actualizer makes run. */
export type DeployedKind =
  /** What keeps and runs a project, and what keeps its functions. */
  | 'WORKSPACE'
  /** A gateway of a project. */
  | 'GATEWAY'
  /** A function of a project. */
  | 'FUNCTION';

/** Whether something is so. */
export type Truth =
  /** It is so. */
  | 'TRUE'
  /** It is not so. */
  | 'FALSE'
  /** Nobody knows. */
  | 'UNKNOWN';

/** How something was asked for. */
export type AuditKind =
  /** As a change. */
  | 'MUTATION'
  /** To be read. */
  | 'QUERY'
  /** To be told of as it happens. */
  | 'SUBSCRIPTION';

/** What became of what somebody asked for. */
export type AuditOutcome =
  /** It was done. */
  | 'DONE'
  /** They may not do it, or not even know of it. */
  | 'REFUSED'
  /** It was not done, or not all of it: the code says why. */
  | 'FAILED'
  /** It was begun, and what became of it is not known. */
  | 'UNFINISHED';

/** Which project. */
export type ProjectRef = {
  /** Whose. */
  producer: string;
  /** In which environment. */
  env?: string;
};

/** Which entries: those that fit in everything that is said. */
export type AuditFilter = {
  /** Whose. */
  login?: string | null | undefined;
  /** What became of them. */
  outcome?: AuditOutcome | null | undefined;
  /** The field of the graph that was asked for. */
  field?: string | null | undefined;
};

/** Whether the platform is to run a producer's project. */
export type SetProducerEnabledInput = {
  /** Which project. */
  project: ProjectRef;
  /** True to run it, false to take everything of it down. */
  enabled: boolean;
};

/** What became of a step of a write. */
export type StepOutcome =
  /** It was done, and what is there shows it. */
  | 'DONE'
  /** It was done, or may have been, and was put back as it was. */
  | 'UNDONE'
  /** It was done, or may have been, and could not be put back. */
  | 'LEFT'
  /** It was not begun. */
  | 'NOT_DONE';

/** Which gateway is to run as it is saved. */
export type ApplyGatewayInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of the gateway. */
  gateway: string;
  /** Only checks and tells what would be done, and does nothing. */
  dryRun?: boolean;
};

/** A key to the gateway of a project's whole API. */
export type CreateAutoGatewayKeyInput = {
  /** Which project. */
  project: ProjectRef;
  /** What it is called: no other that is accepted is called so. */
  name: string;
};

/** Which key is accepted no more. */
export type RevokeAutoGatewayKeyInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its id. */
  id: string;
};

/** How a write went along with those of others. */
export type WriteOutcome =
  /** Nobody had written since the revision it started from. */
  | 'SAVED'
  /** Others had changed other things since the revision it started from: both are kept. */
  | 'MERGED'
  /** It named no revision, so whatever it wrote has replaced what was there. */
  | 'LAST_WRITE_WINS';

/** What a project's document is to be. */
export type SaveProjectInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** The fields of the document that are to be different, lists whole; fields that are left out stay as they are. */
  document: Record<string, unknown>;
};

/** A gateway to make or change. */
export type SaveGatewayInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** The gateway. */
  gateway: GatewayInput;
};

/** What is to be different about a gateway: what is left out stays as it is, lists are replaced whole. */
export type GatewayInput = {
  /** Its id; a new one is made up when it has none. */
  id?: string | null | undefined;
  /** What it is called; needed for a new one. */
  name?: string | null | undefined;
  /** Fields that the graph has no names for. */
  other?: Record<string, unknown> | null | undefined;
  /** Its place in the row of its kind. */
  itemOrder?: number | null | undefined;
  /** The first part of its host name. */
  dnsPrefix?: string | null | undefined;
  /** The kinds of policies that it knows. */
  policies?: Array<string> | null | undefined;
  /** Its pipelines. */
  pipelines?: Array<PipelineInput> | null | undefined;
  /** How it listens for HTTP. */
  http?: Record<string, unknown> | null | undefined;
  /** How it listens for HTTPS. */
  https?: Record<string, unknown> | null | undefined;
  /** Where its administration listens. */
  admin?: Record<string, unknown> | null | undefined;
};

/** A pipeline, whole. */
export type PipelineInput = {
  /** Its id; a new one is made up when it has none. */
  id?: string | null | undefined;
  /** What it is called; needed for a new one. */
  name?: string | null | undefined;
  /** Fields that the graph has no names for. */
  other?: Record<string, unknown> | null | undefined;
  /** Its policies, in order. */
  policies: Array<PolicyInput>;
};

/** A policy of a pipeline. */
export type PolicyInput = {
  /** Its id; kept or made up when left out. */
  id?: string | null | undefined;
  /** The kind of policy, such as `rate-limit`. */
  name: string;
  /** What it does, in order. */
  steps: Array<PolicyStepInput>;
};

/** What a policy is to do, and under which condition. */
export type PolicyStepInput = {
  /** Its id; kept or made up when left out. */
  id?: string | null | undefined;
  /** When: such as `{ name: "always" }`. */
  condition: unknown;
  /** What is done, in the policy's own terms. */
  action?: unknown;
};

/** Something to take off a canvas, with the connections from it and to it. */
export type DeleteFromProjectInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** Its id. */
  id: string;
};

/** A service endpoint to make or change. */
export type SaveServiceEndpointInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** The service endpoint. */
  serviceEndpoint: ServiceEndpointInput;
};

/** What is to be different about a service endpoint: what is left out stays as it is. */
export type ServiceEndpointInput = {
  /** Its id; a new one is made up when it has none. */
  id?: string | null | undefined;
  /** What it is called; needed for a new one. */
  name?: string | null | undefined;
  /** Fields that the graph has no names for. */
  other?: Record<string, unknown> | null | undefined;
  /** Its place in the row of its kind. */
  itemOrder?: number | null | undefined;
  /** Where the service is; needed for a new one. */
  urls?: Array<string> | null | undefined;
};

/** An API endpoint to make or change. */
export type SaveApiEndpointInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** The API endpoint. */
  apiEndpoint: ApiEndpointInput;
};

/** What is to be different about an API endpoint: what is left out stays as it is. */
export type ApiEndpointInput = {
  /** Its id; a new one is made up when it has none. */
  id?: string | null | undefined;
  /** What it is called; needed for a new one. */
  name?: string | null | undefined;
  /** Fields that the graph has no names for. */
  other?: Record<string, unknown> | null | undefined;
  /** Its place in the row of its kind. */
  itemOrder?: number | null | undefined;
  /** For which host; `*` for all. */
  host?: string | null | undefined;
  /** For which paths. */
  paths?: Array<string> | null | undefined;
  /** For which methods; all when there are none. */
  methods?: Array<string> | null | undefined;
  /** What a caller must have been given the use of. */
  scopes?: Array<string> | null | undefined;
};

/** Whom to let into a repository, and how far. */
export type SetCollaboratorInput = {
  /** Which repository. */
  repo: RepoRef;
  /** Whom to let in: a Gitea account other than the owner's. */
  login: string;
  /** What they may do. */
  level: PermissionLevel;
};

/** Which repository. */
export type RepoRef = {
  /** The account that owns it. */
  owner: string;
  /** Its name. */
  name: string;
};

/** Whom to take the rights to a repository away from. */
export type RemoveCollaboratorInput = {
  /** Which repository. */
  repo: RepoRef;
  /** Whom: a Gitea account other than the owner's. */
  login: string;
};

/** What a caller is to show. */
export type CreateCredentialInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The user's name or id, or the application's id. */
  consumer: string;
  /** What kind it is to be. */
  type: CredentialType;
  /** What it gives the use of. */
  scopes?: Array<string>;
};

/** Whether a credential is accepted. */
export type SetCredentialActiveInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** What kind it is. */
  type: CredentialType;
  /** Its id. */
  id: string;
  /** Whether. */
  active: boolean;
};

/** What a credential gives the use of. */
export type SetCredentialScopesInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** What kind it is. */
  type: CredentialType;
  /** Its id. */
  id: string;
  /** All of it: what is not here is taken away. */
  scopes: Array<string>;
};

/** Something to give the use of by a credential, or not. */
export type CredentialScopeInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** What kind it is. */
  type: CredentialType;
  /** Its id. */
  id: string;
  /** Its name. */
  scope: string;
};

/** Somebody who is to call the gateways. */
export type CreateConsumerUserInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The name, which nobody else has and which stays. */
  username: string;
  /** The first name. */
  firstname: string;
  /** The last name. */
  lastname: string;
  /** The e-mail address. */
  email?: string | null | undefined;
  /** Where to send people back to who have signed in. */
  redirectUri?: string | null | undefined;
};

/** What is to be different about a user: what is left out stays as it is. */
export type UpdateConsumerUserInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The user's name or id. */
  user: string;
  /** The first name. */
  firstname?: string | null | undefined;
  /** The last name. */
  lastname?: string | null | undefined;
  /** The e-mail address; null takes it away. */
  email?: string | null | undefined;
  /** Where to send people back to; null takes it away. */
  redirectUri?: string | null | undefined;
};

/** An application that is to call the gateways. */
export type CreateConsumerAppInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The name or id of the user whose it is. */
  user: string;
  /** What it is called: no other of the user's is called so. */
  name: string;
  /** Where to send people back to who have signed in. */
  redirectUri?: string | null | undefined;
};

/** What is to be different about an application: what is left out stays as it is. */
export type UpdateConsumerAppInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The application's id, or its name where only one has it. */
  app: string;
  /** What it is called. */
  name?: string | null | undefined;
  /** Where to send people back to; null takes it away. */
  redirectUri?: string | null | undefined;
};

/** A user, with his applications, or an application. */
export type DeleteConsumerInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The user's name or id, or the application's id. */
  consumer: string;
};

/** Whether a user or an application is let through. */
export type SetConsumerActiveInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** The user's name or id, or the application's id. */
  consumer: string;
  /** Whether. A user who is switched off switches his applications off, too. */
  active: boolean;
};

/** Something that callers may be given the use of. */
export type ConsumerScopeInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id of a gateway that runs; all of the project share their callers. */
  gateway: string;
  /** Its name. */
  scope: string;
};

/** What to connect, or not to connect any more. */
export type ConnectInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** Where the connection begins. */
  fromId: string;
  /** Where it leads to. */
  toId: string;
};

/** What a model is to be, new or not. What is left out stays as it is; null takes it away. A list that is given takes the place of the one there is: what it does not name goes. */
export type SaveModelInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name: the new one if it is renamed. */
  name: string;
  /** The name it has now, if it is renamed: others that build on it or are tied to it follow, and its script, validations and access rules stay. */
  renamedFrom?: string | null | undefined;
  /** The revision that the change started from. Without one, the last write wins. */
  revision?: string | null | undefined;
  /** The id that the canvas gives it; a new one is made up. */
  lunchbadgerId?: string | null | undefined;
  /** Its place on the canvas; a new one comes last. */
  itemOrder?: number | null | undefined;
  /** What several of it are called in paths. */
  plural?: string | null | undefined;
  /** The model that it builds on: one of the project or of LoopBack's own. A new one's is PersistedModel. */
  base?: string | null | undefined;
  /** What it is for. */
  description?: string | null | undefined;
  /** Whether instances may have no other properties, or what becomes of those. */
  strict?: unknown;
  /** Whether the canvas shows it as public. */
  public?: boolean | null | undefined;
  /** Whether it is given an id property by itself. */
  idInjection?: boolean | null | undefined;
  /** How its API is offered, such as its path. */
  http?: unknown;
  /** What LoopBack and connectors are told of it. */
  options?: unknown;
  /** Whether it was part of a microservice once. */
  wasBundled?: boolean | null | undefined;
  /** Further fields: each that is named is set, null takes one away, all others stay. */
  other?: Record<string, unknown> | null | undefined;
  /** All its properties; null is as if left out. */
  properties?: Array<ModelPropertyInput> | null | undefined;
  /** All its relations; null is as if left out. */
  relations?: Array<ModelRelationInput> | null | undefined;
  /** All its methods; null is as if left out. */
  methods?: Array<ModelMethodInput> | null | undefined;
  /** How the project is to use it; null is as if left out. */
  config?: ModelConfigInput | null | undefined;
};

/** What a property is to be. What is left out stays as it is; null takes it away. */
export type ModelPropertyInput = {
  /** Its name. */
  name: string;
  /** A type's name, a list with one, or an object of properties by name. A new property needs one. */
  type?: unknown;
  /** Whether every instance must have it. */
  required?: boolean | null | undefined;
  /** Whether it is indexed, or how. */
  index?: unknown;
  /** Whether it is what instances are told apart by. */
  isId?: boolean | null | undefined;
  /** What it is when nothing is said. */
  default?: unknown;
  /** What it is for. */
  description?: string | null | undefined;
  /** Its place among the properties. A new one's is its place in the list if it is left out. */
  itemOrder?: number | null | undefined;
  /** Further fields: each that is named is set, null takes one away, all others stay. */
  other?: Record<string, unknown> | null | undefined;
};

/** How a model is to be tied to another. What is left out stays as it is; null takes it away. */
export type ModelRelationInput = {
  /** Its name. */
  name: string;
  /** One of belongsTo, embedsMany, embedsOne, hasAndBelongsToMany, hasMany, hasOne, referencesMany. A new relation needs one. */
  type?: string | null | undefined;
  /** The other model. */
  model?: string | null | undefined;
  /** The property that holds the other's id. */
  foreignKey?: string | null | undefined;
  /** The model between the two, if there is one. */
  through?: string | null | undefined;
  /** The id that the canvas gives it. */
  lunchbadgerId?: string | null | undefined;
  /** Further fields: each that is named is set, null takes one away, all others stay. */
  other?: Record<string, unknown> | null | undefined;
};

/** What a method is to be. What is left out stays as it is; null takes it away. */
export type ModelMethodInput = {
  /** Its name, with `prototype.` before it if it is one of instances; no other model may have it. */
  name: string;
  /** Whether it is the model's, not its instances'. A new one is unless its name says otherwise. */
  isStatic?: boolean | null | undefined;
  /** What it does. */
  description?: string | null | undefined;
  /** Its arguments. */
  accepts?: unknown;
  /** What it answers. */
  returns?: unknown;
  /** The verbs and paths that it is called by. */
  http?: unknown;
  /** Further fields: each that is named is set, null takes one away, all others stay. */
  other?: Record<string, unknown> | null | undefined;
};

/** How a project is to use a model. What is left out stays as it is. */
export type ModelConfigInput = {
  /** The data source to attach the model to; null attaches it to none. */
  dataSource?: string | null | undefined;
  /** Whether the project's API offers it. */
  public?: boolean | null | undefined;
  /** Further fields: each that is named is set, null takes one away, all others stay. */
  other?: Record<string, unknown> | null | undefined;
};

/** Which model to delete. */
export type DeleteModelInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name. */
  name: string;
  /** The revision that it is deleted as. Without one, it is deleted whatever others have changed. */
  revision?: string | null | undefined;
};

/** In which order models are to be. */
export type ReorderModelsInput = {
  /** Which project. */
  project: ProjectRef;
  /** The models' names in their new order; those not named come after, in the order they are in. */
  names: Array<string>;
};

/** Which function. */
export type FunctionInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name. */
  name: string;
};

/** What a workspace is to be told in its environment: what is left out stays as it is. */
export type SetVariablesInput = {
  /** Which project. */
  project: ProjectRef;
  /** What is added or replaced. */
  set?: Array<EnvironmentVariableInput>;
  /** The names of what is taken away. */
  remove?: Array<unknown>;
};

/** A variable with its value. */
export type EnvironmentVariableInput = {
  /** Its name. */
  name: unknown;
  /** Its value; what was shown of it, *** in its place, stands for what it is. */
  value: unknown;
};

/** Whether a gateway is to serve the running project's whole API. */
export type SetAutoGatewayInput = {
  /** Which project. */
  project: ProjectRef;
  /** Whether. */
  enabled: boolean;
};

/** What to promote, and where: two environments of one producer. */
export type PromoteInput = {
  /** The environment that it comes from. */
  from: ProjectRef;
  /** The environment that is to become what the other is. */
  to: ProjectRef;
  /** A branch, tag or commit of the first project; the newest of what is saved unless you say. */
  commit?: string | null | undefined;
  /** What the commit says; where it comes from is added. */
  message?: string | null | undefined;
  /** Whether functions go along: reading them there and writing them here has to be allowed, too. */
  functions?: boolean;
  /** The newest commit of the second project as you know it: a CONFLICT where it is another by now. */
  expectedCommit?: string | null | undefined;
};

/** Which environment to make. */
export type CreateEnvironmentInput = {
  /** Whose; you, unless you are a site admin. */
  producer: string;
  /** What it is to be called: none that every producer has. */
  env: string;
  /** The project that it is to be one of; `main` is what the environments are of that all have. */
  project?: string;
  /** Another environment of the producer's that is then promoted to it, functions included. */
  from?: string | null | undefined;
};

/** Which project to make. */
export type CreateProjectInput = {
  /** Whose; you, unless you are a site admin. */
  producer: string;
  /** What the project is to be called. */
  name: string;
  /** What its first environment is to be called; as the project unless you say otherwise. */
  env?: string | null | undefined;
};

/** Which environment to remove, with all that is saved in it. */
export type DeleteEnvironmentInput = {
  /** Which project. */
  project: ProjectRef;
  /** The producer and the environment with a slash between, to say that it is really this one. */
  confirm: string;
};

/** Which project to remove, with all its environments. */
export type DeleteProjectInput = {
  /** Whose; you, unless you are a site admin. */
  producer: string;
  /** What the project is called. */
  name: string;
  /** All its environments, to say that it is really these. */
  confirm: Array<string>;
};

/** A function to make out of its runtime's template. */
export type CreateFunctionInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name, unlike all others in more than case. */
  name: string;
  /** What is called of it, such as handler.fn: a file without its ending, and what it exports. */
  handler?: string | null | undefined;
  /** All its labels but the platform's own, which stay: each a text. */
  labels?: Record<string, unknown> | null | undefined;
  /** The id that the canvas gives it. */
  lunchbadgerId?: string | null | undefined;
  /** Its place in the row; a new one comes last. */
  itemOrder?: number | null | undefined;
  /** The files that are to differ, each once; others stay as they are. */
  files?: Array<FunctionFileInput> | null | undefined;
  /** What it is written for, as one of `runtimes` by its id. */
  runtime: string;
  /** Whether to deploy it at once. */
  deploy?: boolean;
};

/** A file of a function to write or to delete. */
export type FunctionFileInput = {
  /** Where in the function's folder. */
  path: string;
  /** What is to be in it; null deletes it. */
  text?: string | null | undefined;
};

/** What of a function is to differ. */
export type SaveFunctionInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name, unlike all others in more than case. */
  name: string;
  /** What is called of it, such as handler.fn: a file without its ending, and what it exports. */
  handler?: string | null | undefined;
  /** All its labels but the platform's own, which stay: each a text. */
  labels?: Record<string, unknown> | null | undefined;
  /** The id that the canvas gives it. */
  lunchbadgerId?: string | null | undefined;
  /** Its place in the row; a new one comes last. */
  itemOrder?: number | null | undefined;
  /** The files that are to differ, each once; others stay as they are. */
  files?: Array<FunctionFileInput> | null | undefined;
  /** The revision that the change started from. Without one, the last write wins. */
  revision?: string | null | undefined;
  /** What it is written for, as one of `runtimes` by its id; its files stay as they are. */
  runtime?: string | null | undefined;
  /** The whole serverless document, in place of the saved one. It may deploy nothing but this function, and what else is said here is put into it. */
  serverless?: Record<string, unknown> | null | undefined;
};

/** Which function to delete. */
export type DeleteFunctionInput = {
  /** Which project. */
  project: ProjectRef;
  /** Its name. */
  name: string;
  /** The revision that it is deleted as. Without one, it is deleted whatever others have changed. */
  revision?: string | null | undefined;
};

/** In which order functions are to be. */
export type ReorderFunctionsInput = {
  /** Which project. */
  project: ProjectRef;
  /** Their names in the new order; those not named come after, in the order they are in. */
  names: Array<string>;
};

/** Whose functions to delete. */
export type ClearFunctionsInput = {
  /** Which project. */
  project: ProjectRef;
};

/** A data source to make or to change. What is left out stays as it is, secrets included; what is null is removed. */
export type SaveDataSourceInput = {
  /** Which project. */
  project: ProjectRef;
  /** Which; a new one is made of a name that none has. */
  name: string;
  /** What to connect by; needed for a new one. */
  connector?: string | null | undefined;
  /** Its id on the canvas; a new data source without one is given one. */
  lunchbadgerId?: string | null | undefined;
  /** Its place in the row of data sources; a new one is put last. */
  itemOrder?: number | null | undefined;
  /** The machine it is on. */
  host?: string | null | undefined;
  /** The port that it listens on: 0 to 65,535. */
  port?: number | null | undefined;
  /** The database. */
  database?: string | null | undefined;
  /** Who signs in to it. */
  username?: string | null | undefined;
  /** The password, which is never shown again. */
  password?: string | null | undefined;
  /** Its address. As it was shown, with *** for credentials, it keeps those that are stored. */
  url?: string | null | undefined;
  /** Everything else, setting by setting: each replaces the one that is there. Secrets within it that are left out stay, or are replaced when they are given, or removed when they are null. In a list they stay with the items that are as they were, or are changed at their place. */
  settings?: Record<string, unknown> | null | undefined;
  /** What you started from; left out, the last write wins. */
  revision?: string | null | undefined;
};

/** A data source to delete. */
export type DeleteDataSourceInput = {
  /** Which project. */
  project: ProjectRef;
  /** Which: one that no model uses. */
  name: string;
  /** What you read; if it is no longer that, nothing is deleted. */
  revision?: string | null | undefined;
};

/** A data source to try. */
export type TestDataSourceInput = {
  /** Which project. */
  project: ProjectRef;
  /** Which. */
  name: string;
};

/** A pipeline to make or change. */
export type SavePipelineInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is in the same gateway: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** The id of the gateway that the pipeline is of. */
  gateway: string;
  /** The pipeline. */
  pipeline: PipelineInput;
};

/** A pipeline to take out of its gateway, with the connections from it and to it. */
export type DeletePipelineInput = {
  /** Which project. */
  project: ProjectRef;
  /** The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins. */
  revision?: string | null | undefined;
  /** Its id. */
  id: string;
  /** The id of the gateway that the pipeline is of. */
  gateway: string;
};

/** Which producer to make. */
export type CreateProducerInput = {
  /** The producer's name; yours, unless you are a site admin. */
  name: string;
};

/** What of a project is to be looked at now; all of it if not said. */
export type ReconcileInput = {
  /** Which project. */
  project: ProjectRef;
  /** Only what is of this kind. */
  kind?: DeployedKind | null | undefined;
  /** Only what people call this. */
  name?: string | null | undefined;
};

/** Whether a producer is to be left alone. */
export type SetProducerPausedInput = {
  /** Which producer. */
  producer: string;
  /** True to leave all that is its as it is, false to go on. */
  paused: boolean;
  /** Why, for the next who looks. */
  reason?: unknown;
};

/** A file to write, and what it replaces. */
export type SaveRepoFileInput = {
  /** In which repository. */
  repo: RepoRef;
  /** Where in the repository. */
  path: string;
  /** What is to be in the file. */
  content: string;
  /** How `content` is written down. */
  encoding?: FileEncoding;
  /** The sha of the content it replaces, as you read it; leave it out to make a new file. */
  sha?: string | null | undefined;
  /** On which branch; the default one when left out. */
  branch?: string | null | undefined;
  /** What the commit says it does. */
  message?: string | null | undefined;
};

/** How a file's content is written down. */
export type FileEncoding =
  /** As text. */
  | 'UTF8'
  /** As base64, for content that is no text. */
  | 'BASE64';

/** Which pod. */
export type RestartPodInput = {
  /** The pod's id, as an earlier answer gave it. */
  pod: string | number;
};

/** Which gateway: by its id or by its name. */
export type RestartGatewayInput = {
  /** Which project. */
  project: ProjectRef;
  /** The id that the canvas gave it. */
  id?: string | null | undefined;
  /** Its name, as it is in the names of its pods. */
  name?: string | null | undefined;
};

/** Whom to let into a project: into its repository and the functions'. */
export type ShareProjectInput = {
  /** Which project. */
  project: ProjectRef;
  /** Whom to let in: a Gitea account other than the owner's. */
  login: string;
  /** What they may do. */
  level?: PermissionLevel;
};

/** Whom to take the rights to a project away from. */
export type UnshareProjectInput = {
  /** Which project. */
  project: ProjectRef;
  /** Whom: a Gitea account other than the owner's. */
  login: string;
};

/** A key to let in. */
export type AddSshKeyInput = {
  /** Whose key it is. */
  producer: string;
  /** What to call it. */
  title: string;
  /** Its public part: the one line of a `.pub` file. */
  publicKey: string;
};

/** A key to let in no longer. */
export type DeleteSshKeyInput = {
  /** Whose key it is. */
  producer: string;
  /** Its id. */
  id: string;
};

/** Files to write and to delete, all at once. */
export type SaveFilesInput = {
  /** Which project. */
  project: ProjectRef;
  /** Which, each once. `server/datasources.json` is written by `saveDataSource`, and what the workspace keeps to itself by nobody. */
  files: Array<FileToSave>;
};

/** A file to write or to delete. */
export type FileToSave = {
  /** Where in the project. */
  path: string;
  /** What is to be in it; null deletes it. */
  text?: string | null | undefined;
  /** Of the text it replaces, as you read it; left out, the last write wins. */
  revision?: string | null | undefined;
};

/** Whose workspace, and what of it. */
export type RestartWorkspaceInput = {
  /** Which project. */
  project: ProjectRef;
  /** What of it is started anew. */
  part?: WorkspacePart;
};

/** What of a workspace is started anew. */
export type WorkspacePart =
  /** The project's process, in the pod where it is. */
  | 'PROJECT'
  /** All of it: another pod takes the place of the one that runs. */
  | 'POD';

/** Whose workspace. */
export type WorkspaceInput = {
  /** Which project. */
  project: ProjectRef;
};

/** What became of a pod. */
export type PodChangeKind =
  /** It is there. */
  | 'ADDED'
  /** It is otherwise than before. */
  | 'CHANGED'
  /** It is gone; `pod` is as it was last. */
  | 'REMOVED';

/** What of a project a change was about. */
export type ProjectChangeKind =
  /** The saved canvas. */
  | 'CANVAS'
  /** Its models. */
  | 'MODELS'
  /** Its data sources. */
  | 'DATA_SOURCES'
  /** Its files. */
  | 'FILES'
  /** Its functions, or what runs of them: only who may read them is told. */
  | 'FUNCTIONS'
  /** What runs at its gateways, and who calls them. */
  | 'GATEWAYS'
  /** What runs it: it was started or installed anew, or put back to what is committed. */
  | 'WORKSPACE'
  /** Everything: it was cleared. */
  | 'CLEARED'
  /** Commits came to a repository: the project's, or that of the functions. What is loaded of the project does not change by those from outside. */
  | 'PUSH'
  /** Changes may have gone unheard: read everything anew. */
  | 'UNHEARD';

export type AuditTrailQueryVariables = Exact<{
  project: ProjectRef;
  first?: number;
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;


export type AuditTrailQuery = { auditTrail: { hasMore: boolean, endPosition: string | null, lost: number, hasFunctions: boolean, entries: Array<{ position: string, at: string, login: string | null, identifiedBy: string, kind: AuditKind, field: string | null, operation: string | null, permission: string | null, env: string | null, outcome: AuditOutcome, code: string | null, upstream: string | null, milliseconds: number | null, repeated: number, requestId: string, named: Array<{ argument: string, value: string }> }> } | null };

export type BoardPodFragment = { id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> };

export type BoardEntityFragment = { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> }> };

export type BoardProjectsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type BoardProjectsQuery = { viewer: { login: string, fullName: string, projects: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, producer: string, env: string, name: string | null, viewerPermission: PermissionLevel }> } | null } | null };

export type BoardProjectQueryVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardProjectQuery = { project: { id: string, producer: string, env: string, viewerPermission: PermissionLevel, enabled: boolean | null, mayWrite: boolean | null, mayAdmin: boolean | null, mayReadFunctions: boolean | null, mayWriteFunctions: boolean | null, mayAdminFunctions: boolean | null, repo: { owner: string, name: string } | null, gateways: Array<{ id: string, name: string, dnsPrefix: string | null, pipelines: Array<{ id: string }> }> | null, functions: Array<{ name: string, runtime: string | null, handler: string | null, lunchbadgerId: string | null }> | null } | null };

export type BoardCollaboratorsQueryVariables = Exact<{
  owner: string;
  name: string;
}>;


export type BoardCollaboratorsQuery = { repo: { collaborators: { totalCount: number, nodes: Array<{ level: PermissionLevel | null, user: { login: string, fullName: string } }> } | null } | null };

export type BoardPeopleQueryVariables = Exact<{
  search: string;
}>;


export type BoardPeopleQuery = { users: { nodes: Array<{ login: string, fullName: string }> } | null };

export type BoardPodDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type BoardPodDetailsQuery = { pod: { mayRestart: boolean | null, events: Array<{ type: string, reason: string, message: string, count: number, lastSeen: string | null }> | null } | null };

export type BoardStatusSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardStatusSubscription = { projectStatus: { staleSince: string | null, staleReason: StaleReason | null, workspace: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> }> } | null, slsApi: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> }> } | null, gateways: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> }> }>, functions: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ id: string, name: string, kind: PodKind, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null }> }> }> | null } };

export type BoardWorkspaceSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardWorkspaceSubscription = { workspaceStatus: { staleSince: string | null, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } };

export type BoardDeploymentsSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardDeploymentsSubscription = { projectDeployments: { staleSince: string | null, staleReason: StaleReason | null, resources: Array<{ id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, observed: { hosts: Array<string>, podsWanted: number | null, podsReady: number | null } }> } };

export type BoardPresenceSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardPresenceSubscription = { presence: { others: number, staleSince: string | null, people: Array<{ login: string, fullName: string, since: string, connections: number }> } };

export type BoardChangesSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type BoardChangesSubscription = { projectChanged: { by: string | null, kind: ProjectChangeKind, entities: Array<string>, unnamed: number, branch: string | null, commit: string | null, author: string | null, external: boolean | null, missed: number } };

export type BoardDeploymentSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type BoardDeploymentSubscription = { deployment: { id: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, by: string } };

export type CanvasQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type CanvasQuery = { project: { revision: string | null, document: Record<string, unknown> | null, gateways: Array<{ id: string, name: string, dnsPrefix: string | null, itemOrder: number | null, policies: Array<string> | null, http: unknown, other: Record<string, unknown>, pipelines: Array<{ id: string, name: string, other: Record<string, unknown>, policies: Array<{ id: string | null, name: string, steps: Array<{ id: string | null, condition: unknown, action: unknown }> }> }> }> | null, serviceEndpoints: Array<{ id: string, name: string, urls: Array<string>, itemOrder: number | null, other: Record<string, unknown> }> | null, apiEndpoints: Array<{ id: string, name: string, host: string | null, paths: Array<string> | null, methods: Array<string> | null, scopes: Array<string> | null, itemOrder: number | null }> | null, apis: Array<{ id: string, name: string, apiEndpoints: Array<{ name: string }>, plans: Array<{ name: string, icon: string | null, tiers: unknown, details: unknown }> }> | null, portals: Array<{ id: string, name: string, rootUrl: string | null, apis: Array<{ name: string }> }> | null, microServices: Array<{ id: string, name: string, models: Array<string> }> | null, connections: Array<{ id: string | null, fromId: string, toId: string }> | null, states: Array<{ key: string, value: unknown }> | null } | null };

export type RevisionQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type RevisionQuery = { project: { revision: string | null } | null };

export type SaveProjectMutationVariables = Exact<{
  input: SaveProjectInput;
}>;


export type SaveProjectMutation = { saveProject: { outcome: WriteOutcome, revision: string, project: { revision: string | null, document: Record<string, unknown> | null } } | null };

export type SaveGatewayMutationVariables = Exact<{
  input: SaveGatewayInput;
}>;


export type SaveGatewayMutation = { saveGateway: { outcome: WriteOutcome, revision: string, gateway: { id: string, name: string, dnsPrefix: string | null, pipelines: Array<{ id: string, name: string, policies: Array<{ id: string | null, name: string, steps: Array<{ id: string | null, condition: unknown, action: unknown }> }> }> } } | null };

export type DeleteGatewayMutationVariables = Exact<{
  input: DeleteFromProjectInput;
}>;


export type DeleteGatewayMutation = { deleteGateway: { deletedId: string, outcome: WriteOutcome, project: { gateways: Array<{ id: string }> | null, connections: Array<{ fromId: string, toId: string }> | null } } | null };

export type SaveServiceEndpointMutationVariables = Exact<{
  input: SaveServiceEndpointInput;
}>;


export type SaveServiceEndpointMutation = { saveServiceEndpoint: { outcome: WriteOutcome, revision: string, serviceEndpoint: { id: string, name: string, urls: Array<string>, itemOrder: number | null, other: Record<string, unknown> } } | null };

export type DeleteServiceEndpointMutationVariables = Exact<{
  input: DeleteFromProjectInput;
}>;


export type DeleteServiceEndpointMutation = { deleteServiceEndpoint: { deletedId: string, outcome: WriteOutcome } | null };

export type SaveApiEndpointMutationVariables = Exact<{
  input: SaveApiEndpointInput;
}>;


export type SaveApiEndpointMutation = { saveApiEndpoint: { outcome: WriteOutcome, revision: string, apiEndpoint: { id: string, name: string, host: string | null, paths: Array<string> | null } } | null };

export type DeleteApiEndpointMutationVariables = Exact<{
  input: DeleteFromProjectInput;
}>;


export type DeleteApiEndpointMutation = { deleteApiEndpoint: { deletedId: string, outcome: WriteOutcome } | null };

export type ConnectMutationVariables = Exact<{
  input: ConnectInput;
}>;


export type ConnectMutation = { connect: { outcome: WriteOutcome, connection: { id: string | null, fromId: string, toId: string } } | null };

export type DisconnectMutationVariables = Exact<{
  input: ConnectInput;
}>;


export type DisconnectMutation = { disconnect: { outcome: WriteOutcome, connection: { fromId: string, toId: string }, project: { connections: Array<{ fromId: string, toId: string }> | null } } | null };

export type ListCollaboratorsQueryVariables = Exact<{
  owner: string;
  name: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type ListCollaboratorsQuery = { viewer: { login: string } | null, repo: { name: string, collaborators: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ level: PermissionLevel | null, user: { login: string, fullName: string, avatarUrl: string | null } }> } | null } | null };

export type SetCollaboratorMutationVariables = Exact<{
  input: SetCollaboratorInput;
}>;


export type SetCollaboratorMutation = { setCollaborator: { owner: string, name: string, login: string, level: PermissionLevel | null } | null };

export type RemoveCollaboratorMutationVariables = Exact<{
  input: RemoveCollaboratorInput;
}>;


export type RemoveCollaboratorMutation = { removeCollaborator: { owner: string, name: string, login: string, level: PermissionLevel | null } | null };

export type ReadConsumersQueryVariables = Exact<{
  producer: string;
  first?: number;
  after?: string | null | undefined;
  env?: string;
}>;


export type ReadConsumersQuery = { project: { gateways: Array<{ consumers: { scopes: Array<string> | null, users: { totalCount: number, nodes: Array<{ id: string, username: string, firstname: string | null, lastname: string | null, email: string | null, redirectUri: string | null, isActive: boolean, createdAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, apps: { nodes: Array<{ id: string, userId: string, name: string, redirectUri: string | null, isActive: boolean }> } | null } | null }> | null } | null };

export type ReadCredentialsQueryVariables = Exact<{
  producer: string;
  consumer: string;
  env?: string;
}>;


export type ReadCredentialsQuery = { project: { gateways: Array<{ consumers: { scopes: Array<string> | null, credentials: Array<{ id: string, type: CredentialType, isActive: boolean, scopes: Array<string> }> | null } | null }> | null } | null };

export type CreateConsumerUserMutationVariables = Exact<{
  input: CreateConsumerUserInput;
}>;


export type CreateConsumerUserMutation = { createConsumerUser: { user: { id: string, username: string, email: string | null, isActive: boolean }, consumers: { users: { nodes: Array<{ username: string }> } | null } } | null };

export type UpdateConsumerUserMutationVariables = Exact<{
  input: UpdateConsumerUserInput;
}>;


export type UpdateConsumerUserMutation = { updateConsumerUser: { user: { id: string, firstname: string | null, lastname: string | null, email: string | null, redirectUri: string | null } } | null };

export type CreateConsumerAppMutationVariables = Exact<{
  input: CreateConsumerAppInput;
}>;


export type CreateConsumerAppMutation = { createConsumerApp: { app: { id: string, userId: string, name: string } } | null };

export type UpdateConsumerAppMutationVariables = Exact<{
  input: UpdateConsumerAppInput;
}>;


export type UpdateConsumerAppMutation = { updateConsumerApp: { app: { id: string, name: string, redirectUri: string | null } } | null };

export type DeleteConsumerMutationVariables = Exact<{
  input: DeleteConsumerInput;
}>;


export type DeleteConsumerMutation = { deleteConsumer: { consumers: { users: { totalCount: number } | null, apps: { totalCount: number } | null } } | null };

export type SetConsumerActiveMutationVariables = Exact<{
  input: SetConsumerActiveInput;
}>;


export type SetConsumerActiveMutation = { setConsumerActive: { consumers: { users: { nodes: Array<{ username: string, isActive: boolean }> } | null, apps: { nodes: Array<{ name: string, isActive: boolean }> } | null } } | null };

export type AddConsumerScopeMutationVariables = Exact<{
  input: ConsumerScopeInput;
}>;


export type AddConsumerScopeMutation = { addConsumerScope: { consumers: { scopes: Array<string> | null } } | null };

export type RemoveConsumerScopeMutationVariables = Exact<{
  input: ConsumerScopeInput;
}>;


export type RemoveConsumerScopeMutation = { removeConsumerScope: { consumers: { scopes: Array<string> | null } } | null };

export type CreateCredentialMutationVariables = Exact<{
  input: CreateCredentialInput;
}>;


export type CreateCredentialMutation = { createCredential: { type: CredentialType, id: string, secret: string } | null };

export type SetCredentialActiveMutationVariables = Exact<{
  input: SetCredentialActiveInput;
}>;


export type SetCredentialActiveMutation = { setCredentialActive: { type: CredentialType, id: string } | null };

export type SetCredentialScopesMutationVariables = Exact<{
  input: SetCredentialScopesInput;
}>;


export type SetCredentialScopesMutation = { setCredentialScopes: { id: string } | null };

export type AddCredentialScopeMutationVariables = Exact<{
  input: CredentialScopeInput;
}>;


export type AddCredentialScopeMutation = { addCredentialScope: { id: string } | null };

export type RemoveCredentialScopeMutationVariables = Exact<{
  input: CredentialScopeInput;
}>;


export type RemoveCredentialScopeMutation = { removeCredentialScope: { id: string } | null };

export type DataSourceFieldsFragment = { name: string, connector: string | null, lunchbadgerId: string | null, itemOrder: number | null, host: string | null, port: number | null, database: string | null, username: string | null, url: string | null, settings: Record<string, unknown>, secrets: Array<string>, revision: string };

export type ListDataSourcesQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ListDataSourcesQuery = { viewer: { login: string } | null, project: { dataSources: Array<{ name: string, connector: string | null, lunchbadgerId: string | null, itemOrder: number | null, host: string | null, port: number | null, database: string | null, username: string | null, url: string | null, settings: Record<string, unknown>, secrets: Array<string>, revision: string }> | null } | null };

export type ReadDataSourceQueryVariables = Exact<{
  producer: string;
  name: string;
  env?: string;
}>;


export type ReadDataSourceQuery = { project: { env: string, dataSource: { name: string, connector: string | null, lunchbadgerId: string | null, itemOrder: number | null, host: string | null, port: number | null, database: string | null, username: string | null, url: string | null, settings: Record<string, unknown>, secrets: Array<string>, revision: string } | null } | null };

export type SaveDataSourceMutationVariables = Exact<{
  input: SaveDataSourceInput;
}>;


export type SaveDataSourceMutation = { saveDataSource: { outcome: WriteOutcome, dataSource: { name: string, connector: string | null, lunchbadgerId: string | null, itemOrder: number | null, host: string | null, port: number | null, database: string | null, username: string | null, url: string | null, settings: Record<string, unknown>, secrets: Array<string>, revision: string }, project: { producer: string, dataSources: Array<{ name: string, revision: string }> | null } } | null };

export type DeleteDataSourceMutationVariables = Exact<{
  input: DeleteDataSourceInput;
}>;


export type DeleteDataSourceMutation = { deleteDataSource: { deletedName: string, project: { dataSources: Array<{ name: string }> | null } } | null };

export type TestDataSourceMutationVariables = Exact<{
  input: TestDataSourceInput;
}>;


export type TestDataSourceMutation = { testDataSource: { connects: boolean, message: string | null } | null };

export type DeployedFieldsFragment = { id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, desired: { isEnabled: boolean, isRunning: boolean | null, revision: string | null, savedRevision: string | null }, observed: { isUpToDate: boolean, revision: string | null, savedRevision: string | null, configuration: string | null, hosts: Array<string>, images: Array<string>, podsWanted: number | null, podsReady: number | null }, conditions: Array<{ type: string, isTrue: Truth, reason: string, message: string, since: string | null }> };

export type DeployedFragment = { staleSince: string | null, staleReason: StaleReason | null, resources: Array<{ id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, desired: { isEnabled: boolean, isRunning: boolean | null, revision: string | null, savedRevision: string | null }, observed: { isUpToDate: boolean, revision: string | null, savedRevision: string | null, configuration: string | null, hosts: Array<string>, images: Array<string>, podsWanted: number | null, podsReady: number | null }, conditions: Array<{ type: string, isTrue: Truth, reason: string, message: string, since: string | null }> }> };

export type ReadDeploymentsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadDeploymentsQuery = { project: { deployments: { staleSince: string | null, staleReason: StaleReason | null, resources: Array<{ id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, desired: { isEnabled: boolean, isRunning: boolean | null, revision: string | null, savedRevision: string | null }, observed: { isUpToDate: boolean, revision: string | null, savedRevision: string | null, configuration: string | null, hosts: Array<string>, images: Array<string>, podsWanted: number | null, podsReady: number | null }, conditions: Array<{ type: string, isTrue: Truth, reason: string, message: string, since: string | null }> }> } | null } | null };

export type FindDeployedQueryVariables = Exact<{
  id: string | number;
}>;


export type FindDeployedQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, desired: { isEnabled: boolean, isRunning: boolean | null, revision: string | null, savedRevision: string | null }, observed: { isUpToDate: boolean, revision: string | null, savedRevision: string | null, configuration: string | null, hosts: Array<string>, images: Array<string>, podsWanted: number | null, podsReady: number | null }, conditions: Array<{ type: string, isTrue: Truth, reason: string, message: string, since: string | null }> }
   | null };

export type FollowDeploymentsSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type FollowDeploymentsSubscription = { projectDeployments: { staleSince: string | null, staleReason: StaleReason | null, resources: Array<{ id: string, kind: DeployedKind, name: string, entityId: string | null, isPaused: boolean, isLeaving: boolean, summary: string, desired: { isEnabled: boolean, isRunning: boolean | null, revision: string | null, savedRevision: string | null }, observed: { isUpToDate: boolean, revision: string | null, savedRevision: string | null, configuration: string | null, hosts: Array<string>, images: Array<string>, podsWanted: number | null, podsReady: number | null }, conditions: Array<{ type: string, isTrue: Truth, reason: string, message: string, since: string | null }> }> } };

export type ReconcileMutationVariables = Exact<{
  input: ReconcileInput;
}>;


export type ReconcileMutation = { reconcile: { project: { producer: string, env: string }, deployments: Array<{ id: string, kind: DeployedKind, name: string }> } | null };

export type SetPausedMutationVariables = Exact<{
  input: SetProducerPausedInput;
}>;


export type SetPausedMutation = { setProducerPaused: { isPaused: boolean, producer: { name: string } } | null };

export type ReadActualizerQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadActualizerQuery = { platform: { actualizer: { leader: string | null, isAlive: boolean | null, lastSeen: string | null, version: string | null, queues: Array<{ controller: string, waiting: number, running: number, delayed: number, oldestMs: number | null }>, lastPass: { at: string, ok: boolean, producers: number } | null } | null } | null };

export type ReadPlatformQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ReadPlatformQuery = { platform: { producersByState: { total: number, ready: number, starting: number, failing: number, stopped: number, paused: number, unreadable: number } | null, errors: { totalCount: number, nodes: Array<{ producer: string, env: string | null, kind: DeployedKind | null, name: string, type: string, reason: string, message: string, since: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type ReadOptionsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadOptionsQuery = { project: { options: { autoGateway: boolean | null, variables: Array<{ name: string, value: string | null }> } | null } | null };

export type SetVariablesMutationVariables = Exact<{
  input: SetVariablesInput;
}>;


export type SetVariablesMutation = { setVariables: { project: { options: { variables: Array<{ name: string, value: string | null }> } | null } } | null };

export type SetAutoGatewayMutationVariables = Exact<{
  input: SetAutoGatewayInput;
}>;


export type SetAutoGatewayMutation = { setAutoGateway: { project: { options: { autoGateway: boolean | null } | null } } | null };

export type ReadAutoGatewayQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadAutoGatewayQuery = { project: { autoGateway: { isEnabled: boolean | null, isRunning: boolean, host: string | null, pathsCount: number | null, keys: Array<{ id: string, name: string, createdAt: string | null, isActive: boolean }> | null } | null } | null };

export type CreateAutoGatewayKeyMutationVariables = Exact<{
  input: CreateAutoGatewayKeyInput;
}>;


export type CreateAutoGatewayKeyMutation = { createAutoGatewayKey: { id: string, name: string, key: string, header: string } | null };

export type RevokeAutoGatewayKeyMutationVariables = Exact<{
  input: RevokeAutoGatewayKeyInput;
}>;


export type RevokeAutoGatewayKeyMutation = { revokeAutoGatewayKey: { id: string } | null };

export type ReadEnvironmentsQueryVariables = Exact<{
  name: string;
}>;


export type ReadEnvironmentsQuery = { producer: { environments: Array<string>, projects: Array<{ id: string, env: string, name: string | null, viewerPermission: PermissionLevel }> | null } | null };

export type ReadEnvironmentQueryVariables = Exact<{
  producer: string;
  env: string;
}>;


export type ReadEnvironmentQuery = { project: { env: string, name: string | null, viewerPermission: PermissionLevel, viewerFunctionsPermission: PermissionLevel | null, repo: { name: string, description: string } | null, functionsRepo: { name: string } | null } | null };

export type CreateEnvironmentMutationVariables = Exact<{
  input: CreateEnvironmentInput;
}>;


export type CreateEnvironmentMutation = { createEnvironment: { createdRepos: Array<string>, project: { producer: string, env: string, name: string | null, viewerPermission: PermissionLevel }, promoted: { commit: string | null, changedCount: number } | null, promotedFunctions: { commit: string | null, changedCount: number } | null } | null };

export type DeleteEnvironmentMutationVariables = Exact<{
  input: DeleteEnvironmentInput;
}>;


export type DeleteEnvironmentMutation = { deleteEnvironment: { deleted: Array<string>, producer: { name: string } } | null };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject: { createdRepos: Array<string>, project: { env: string, name: string | null } } | null };

export type DeleteProjectMutationVariables = Exact<{
  input: DeleteProjectInput;
}>;


export type DeleteProjectMutation = { deleteProject: { deleted: Array<string>, producer: { name: string } } | null };

export type PromoteMutationVariables = Exact<{
  input: PromoteInput;
}>;


export type PromoteMutation = { promote: { project: { env: string }, files: { source: string, commit: string | null, changedCount: number, changedPaths: Array<string> }, functions: { commit: string | null, changedPaths: Array<string> } | null } | null };

export type ReadEnvironmentCanvasQueryVariables = Exact<{
  producer: string;
  env: string;
}>;


export type ReadEnvironmentCanvasQuery = { project: { revision: string | null, gateways: Array<{ id: string, name: string }> | null } | null };

export type EnvironmentPushesSubscriptionVariables = Exact<{
  producer: string;
  env: string;
}>;


export type EnvironmentPushesSubscription = { projectChanged: { kind: ProjectChangeKind, entities: Array<string>, commit: string | null } };

export type ReadFileQueryVariables = Exact<{
  owner: string;
  name: string;
  path: string;
  ref?: string | null | undefined;
}>;


export type ReadFileQuery = { viewer: { login: string } | null, repo: { name: string, file: { path: string, sha: string, lastCommitSha: string, size: number, text: string | null, base64: string } | null } | null };

export type SaveFileMutationVariables = Exact<{
  input: SaveRepoFileInput;
}>;


export type SaveFileMutation = { saveRepoFile: { commitSha: string, file: { path: string, sha: string, lastCommitSha: string, size: number, text: string | null, base64: string } } | null };

export type FunctionFieldsFragment = { name: string, runtime: string | null, handler: string | null, labels: Record<string, unknown>, lunchbadgerId: string | null, itemOrder: number | null, serverless: Record<string, unknown>, revision: string, files: Array<{ path: string, text: string, size: number }> | null };

export type DeploymentFieldsFragment = { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string };

export type ListFunctionsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ListFunctionsQuery = { viewer: { login: string } | null, project: { env: string, functions: Array<{ name: string, runtime: string | null, handler: string | null, labels: Record<string, unknown>, lunchbadgerId: string | null, itemOrder: number | null, serverless: Record<string, unknown>, revision: string, files: Array<{ path: string, text: string, size: number }> | null }> | null } | null };

export type ReadFunctionQueryVariables = Exact<{
  producer: string;
  name: string;
  env?: string;
}>;


export type ReadFunctionQuery = { project: { env: string, function: { name: string, runtime: string | null, handler: string | null, labels: Record<string, unknown>, lunchbadgerId: string | null, itemOrder: number | null, serverless: Record<string, unknown>, revision: string, deployment: { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string } | null, files: Array<{ path: string, text: string, size: number }> | null } | null } | null };

export type ReadLogsQueryVariables = Exact<{
  producer: string;
  name: string;
  tail?: number;
  env?: string;
}>;


export type ReadLogsQuery = { project: { function: { name: string, logs: Array<string> | null } | null } | null };

export type ListRuntimesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListRuntimesQuery = { runtimes: Array<{ id: string, name: string, version: string }> };

export type ReadDeploymentQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadDeploymentQuery = { deployment: { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string } | null };

export type CreateFunctionMutationVariables = Exact<{
  input: CreateFunctionInput;
}>;


export type CreateFunctionMutation = { createFunction: { function: { name: string, runtime: string | null, handler: string | null, labels: Record<string, unknown>, lunchbadgerId: string | null, itemOrder: number | null, serverless: Record<string, unknown>, revision: string, files: Array<{ path: string, text: string, size: number }> | null }, deployment: { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string } | null } | null };

export type SaveFunctionMutationVariables = Exact<{
  input: SaveFunctionInput;
}>;


export type SaveFunctionMutation = { saveFunction: { outcome: WriteOutcome, function: { name: string, runtime: string | null, handler: string | null, labels: Record<string, unknown>, lunchbadgerId: string | null, itemOrder: number | null, serverless: Record<string, unknown>, revision: string, files: Array<{ path: string, text: string, size: number }> | null } } | null };

export type DeployFunctionMutationVariables = Exact<{
  input: FunctionInput;
}>;


export type DeployFunctionMutation = { deployFunction: { deployment: { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string }, function: { name: string, revision: string } } | null };

export type UndeployFunctionMutationVariables = Exact<{
  input: FunctionInput;
}>;


export type UndeployFunctionMutation = { undeployFunction: { deployment: { id: string, producer: string, env: string, functionName: string, kind: DeploymentKind, state: DeploymentState, reason: string | null, revision: string | null, queuedAt: string, startedAt: string | null, finishedAt: string | null, by: string } } | null };

export type RestartFunctionMutationVariables = Exact<{
  input: FunctionInput;
}>;


export type RestartFunctionMutation = { restartFunction: { name: string, restartedAt: string } | null };

export type DeleteFunctionMutationVariables = Exact<{
  input: DeleteFunctionInput;
}>;


export type DeleteFunctionMutation = { deleteFunction: { deletedName: string } | null };

export type ReorderFunctionsMutationVariables = Exact<{
  input: ReorderFunctionsInput;
}>;


export type ReorderFunctionsMutation = { reorderFunctions: { functions: Array<{ name: string, itemOrder: number | null }> } | null };

export type ClearFunctionsMutationVariables = Exact<{
  input: ClearFunctionsInput;
}>;


export type ClearFunctionsMutation = { clearFunctions: { deletedNames: Array<string> } | null };

export type ReadLiveQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadLiveQuery = { viewer: { login: string } | null, project: { gateways: Array<{ id: string, name: string, live: { policies: Array<string>, pipelines: Array<{ id: string, name: string | null, apiEndpoints: Array<string>, policies: Array<{ name: string, steps: Array<{ condition: unknown, action: unknown }> }> }>, apiEndpoints: Array<{ id: string, name: string | null, host: string | null, paths: Array<string> | null, methods: Array<string> | null, scopes: Array<string> | null }>, serviceEndpoints: Array<{ id: string, name: string | null, urls: Array<string> }> } | null }> | null } | null };

export type ReadDifferenceQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadDifferenceQuery = { project: { gateways: Array<{ live: { difference: Array<{ action: DifferenceAction, kind: GatewayEntryKind, name: string, title: string, saved: Record<string, unknown> | null, live: Record<string, unknown> | null }> | null } | null }> | null } | null };

export type ReadSchemasQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadSchemasQuery = { project: { gateways: Array<{ live: { schemas: unknown } | null }> | null } | null };

export type ApplyGatewayMutationVariables = Exact<{
  input: ApplyGatewayInput;
}>;


export type ApplyGatewayMutation = { applyGateway: { gateway: { id: string }, difference: Array<{ action: DifferenceAction, kind: GatewayEntryKind, name: string, title: string }>, steps: Array<{ title: string, outcome: StepOutcome }> } | null };

export type SavePipelineMutationVariables = Exact<{
  input: SavePipelineInput;
}>;


export type SavePipelineMutation = { savePipeline: { outcome: WriteOutcome, revision: string, validated: boolean, pipeline: { id: string, name: string, policies: Array<{ name: string, steps: Array<{ condition: unknown, action: unknown }> }> } } | null };

export type DeletePipelineMutationVariables = Exact<{
  input: DeletePipelineInput;
}>;


export type DeletePipelineMutation = { deletePipeline: { deletedId: string, outcome: WriteOutcome, project: { connections: Array<{ fromId: string, toId: string }> | null } } | null };

export type SaveCheckedGatewayMutationVariables = Exact<{
  input: SaveGatewayInput;
}>;


export type SaveCheckedGatewayMutation = { saveGateway: { validated: boolean, gateway: { id: string } } | null };

export type ListKeysQueryVariables = Exact<{
  producer: string;
}>;


export type ListKeysQuery = { viewer: { login: string } | null, producer: { name: string, sshKeys: Array<{ id: string, title: string, publicKey: string, fingerprint: string }> | null } | null };

export type AddKeyMutationVariables = Exact<{
  input: AddSshKeyInput;
}>;


export type AddKeyMutation = { addSshKey: { sshKey: { id: string, title: string, publicKey: string, fingerprint: string } } | null };

export type DeleteKeyMutationVariables = Exact<{
  input: DeleteSshKeyInput;
}>;


export type DeleteKeyMutation = { deleteSshKey: { deletedId: string } | null };

export type LoadSharedProjectsQueryVariables = Exact<{
  username: string;
}>;


export type LoadSharedProjectsQuery = { viewer: { login: string } | null, loadSharedProjects: { username: string, sharedProjects: Array<{ username: string, projects: Array<{ name: string, permissions: { admin: boolean, push: boolean, pull: boolean } }> }> } | null };

export type ProjectChangedSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ProjectChangedSubscription = { projectChanged: { by: string | null, kind: ProjectChangeKind, entities: Array<string>, unnamed: number, revision: string | null, missed: number, project: { producer: string, env: string, viewerPermission: PermissionLevel } } };

export type PresenceSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type PresenceSubscription = { presence: { others: number, staleSince: string | null, people: Array<{ login: string, fullName: string, since: string, connections: number }> } };

export type WhoIsThereQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type WhoIsThereQuery = { project: { presence: Array<{ login: string, connections: number }> | null } | null };

export type ProjectPushesSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ProjectPushesSubscription = { projectChanged: { by: string | null, kind: ProjectChangeKind, entities: Array<string>, unnamed: number, branch: string | null, commit: string | null, author: string | null, external: boolean | null } };

export type WorkspaceStatusSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type WorkspaceStatusSubscription = { workspaceStatus: { staleSince: string | null, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } };

export type ModelFieldsFragment = { name: string, lunchbadgerId: string | null, itemOrder: number | null, plural: string | null, base: string | null, description: string | null, strict: unknown, public: boolean | null, readonly: boolean, idInjection: boolean | null, http: unknown, options: unknown, wasBundled: boolean | null, other: Record<string, unknown>, configFile: string, validations: Array<Record<string, unknown>>, acls: Array<Record<string, unknown>>, revision: string, properties: Array<{ name: string, type: unknown, required: boolean | null, index: unknown, isId: boolean | null, default: unknown, description: string | null, itemOrder: number | null, other: Record<string, unknown> }>, relations: Array<{ name: string, type: string | null, model: string | null, foreignKey: string | null, through: string | null, lunchbadgerId: string | null, other: Record<string, unknown> }>, methods: Array<{ name: string, isStatic: boolean | null, description: string | null, accepts: unknown, returns: unknown, http: unknown, other: Record<string, unknown> }>, config: { dataSource: string | null, public: boolean | null, other: Record<string, unknown> } | null };

export type ReadModelsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadModelsQuery = { project: { producer: string, models: Array<{ name: string, lunchbadgerId: string | null, itemOrder: number | null, plural: string | null, base: string | null, description: string | null, strict: unknown, public: boolean | null, readonly: boolean, idInjection: boolean | null, http: unknown, options: unknown, wasBundled: boolean | null, other: Record<string, unknown>, configFile: string, validations: Array<Record<string, unknown>>, acls: Array<Record<string, unknown>>, revision: string, properties: Array<{ name: string, type: unknown, required: boolean | null, index: unknown, isId: boolean | null, default: unknown, description: string | null, itemOrder: number | null, other: Record<string, unknown> }>, relations: Array<{ name: string, type: string | null, model: string | null, foreignKey: string | null, through: string | null, lunchbadgerId: string | null, other: Record<string, unknown> }>, methods: Array<{ name: string, isStatic: boolean | null, description: string | null, accepts: unknown, returns: unknown, http: unknown, other: Record<string, unknown> }>, config: { dataSource: string | null, public: boolean | null, other: Record<string, unknown> } | null }> | null } | null };

export type ReadModelQueryVariables = Exact<{
  producer: string;
  name: string;
  env?: string;
}>;


export type ReadModelQuery = { project: { model: { name: string, lunchbadgerId: string | null, itemOrder: number | null, plural: string | null, base: string | null, description: string | null, strict: unknown, public: boolean | null, readonly: boolean, idInjection: boolean | null, http: unknown, options: unknown, wasBundled: boolean | null, other: Record<string, unknown>, configFile: string, validations: Array<Record<string, unknown>>, acls: Array<Record<string, unknown>>, revision: string, properties: Array<{ name: string, type: unknown, required: boolean | null, index: unknown, isId: boolean | null, default: unknown, description: string | null, itemOrder: number | null, other: Record<string, unknown> }>, relations: Array<{ name: string, type: string | null, model: string | null, foreignKey: string | null, through: string | null, lunchbadgerId: string | null, other: Record<string, unknown> }>, methods: Array<{ name: string, isStatic: boolean | null, description: string | null, accepts: unknown, returns: unknown, http: unknown, other: Record<string, unknown> }>, config: { dataSource: string | null, public: boolean | null, other: Record<string, unknown> } | null } | null } | null };

export type SaveModelMutationVariables = Exact<{
  input: SaveModelInput;
}>;


export type SaveModelMutation = { saveModel: { outcome: WriteOutcome, model: { name: string, lunchbadgerId: string | null, itemOrder: number | null, plural: string | null, base: string | null, description: string | null, strict: unknown, public: boolean | null, readonly: boolean, idInjection: boolean | null, http: unknown, options: unknown, wasBundled: boolean | null, other: Record<string, unknown>, configFile: string, validations: Array<Record<string, unknown>>, acls: Array<Record<string, unknown>>, revision: string, properties: Array<{ name: string, type: unknown, required: boolean | null, index: unknown, isId: boolean | null, default: unknown, description: string | null, itemOrder: number | null, other: Record<string, unknown> }>, relations: Array<{ name: string, type: string | null, model: string | null, foreignKey: string | null, through: string | null, lunchbadgerId: string | null, other: Record<string, unknown> }>, methods: Array<{ name: string, isStatic: boolean | null, description: string | null, accepts: unknown, returns: unknown, http: unknown, other: Record<string, unknown> }>, config: { dataSource: string | null, public: boolean | null, other: Record<string, unknown> } | null }, project: { producer: string, env: string }, steps: Array<{ title: string, outcome: StepOutcome }> } | null };

export type DeleteModelMutationVariables = Exact<{
  input: DeleteModelInput;
}>;


export type DeleteModelMutation = { deleteModel: { deletedName: string, project: { models: Array<{ name: string }> | null }, steps: Array<{ title: string, outcome: StepOutcome }> } | null };

export type ReorderModelsMutationVariables = Exact<{
  input: ReorderModelsInput;
}>;


export type ReorderModelsMutation = { reorderModels: { project: { models: Array<{ name: string, itemOrder: number | null }> | null } } | null };

export type FindNodeQueryVariables = Exact<{
  id: string | number;
}>;


export type FindNodeQuery = { node:
    | { producer: string, env: string, viewerPermission: PermissionLevel, id: string }
    | { owner: string, name: string, viewerPermission: PermissionLevel, id: string }
    | { id: string }
    | { login: string, id: string }
    | { kind: PodKind, ready: boolean, id: string }
    | { id: string }
   | null };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { viewer: { login: string } | null };

export type ReadPodLogQueryVariables = Exact<{
  id: string | number;
  container?: string | null | undefined;
  tailLines?: number;
  sinceTime?: string | null | undefined;
  previous?: boolean;
}>;


export type ReadPodLogQuery = { pod: { logs: { container: string, truncated: boolean, lines: Array<{ time: string, text: string, cut: boolean }> } | null } | null };

export type ReadPodEventsQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadPodEventsQuery = { pod: { events: Array<{ type: string, reason: string, message: string, count: number, firstSeen: string | null, lastSeen: string | null }> | null } | null };

export type FollowPodLogSubscriptionVariables = Exact<{
  id: string | number;
  container?: string | null | undefined;
  tailLines?: number | null | undefined;
  sinceTime?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowPodLogSubscription = { podLogs: { missed: number, restarted: boolean, gap: boolean, staleSince: string | null, lines: Array<{ time: string, text: string, cut: boolean, position: string }> } };

export type RestartPodMutationVariables = Exact<{
  input: RestartPodInput;
}>;


export type RestartPodMutation = { restartPod: { pod: { id: string, name: string } } | null };

export type RestartGatewayMutationVariables = Exact<{
  input: RestartGatewayInput;
}>;


export type RestartGatewayMutation = { restartGateway: { restartedAt: string, project: { producer: string, env: string } } | null };

export type ReadProducerQueryVariables = Exact<{
  name: string;
}>;


export type ReadProducerQuery = { viewer: { login: string } | null, producer: { id: string, name: string, login: string, environments: Array<string> } | null };

export type ListProducersQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ListProducersQuery = { viewer: { login: string } | null, producers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ name: string, login: string }> } | null };

export type ProducerViewerCanQueryVariables = Exact<{
  name: string;
  permission: string;
}>;


export type ProducerViewerCanQuery = { producer: { viewerCan: boolean | null } | null };

export type CreateProducerMutationVariables = Exact<{
  input: CreateProducerInput;
}>;


export type CreateProducerMutation = { createProducer: { createdRepos: Array<string>, producer: { name: string, login: string, environments: Array<string> } } | null };

export type ReadProjectQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadProjectQuery = { viewer: { login: string } | null, project: { id: string, producer: string, env: string, viewerPermission: PermissionLevel, viewerFunctionsPermission: PermissionLevel | null, enabled: boolean | null, repo: { name: string, viewerPermission: PermissionLevel } | null, functionsRepo: { name: string, viewerPermission: PermissionLevel } | null } | null };

export type ProjectEnabledQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ProjectEnabledQuery = { project: { enabled: boolean | null } | null };

export type ProjectViewerCanQueryVariables = Exact<{
  producer: string;
  permission: string;
  env?: string;
}>;


export type ProjectViewerCanQuery = { project: { viewerCan: boolean | null } | null };

export type ViewerMayQueryVariables = Exact<{
  permission: string;
}>;


export type ViewerMayQuery = { viewer: { viewerCan: boolean | null } | null };

export type SetEnabledMutationVariables = Exact<{
  input: SetProducerEnabledInput;
}>;


export type SetEnabledMutation = { setProducerEnabled: { project: { producer: string, env: string, enabled: boolean | null } } | null };

export type ReadRepoQueryVariables = Exact<{
  owner: string;
  name: string;
}>;


export type ReadRepoQuery = { repo: { id: string, owner: string, name: string, description: string, isEmpty: boolean, isPrivate: boolean, isArchived: boolean, defaultBranch: string, webUrl: string, sshUrl: string, cloneUrl: string, viewerPermission: PermissionLevel } | null };

export type ListBranchesQueryVariables = Exact<{
  owner: string;
  name: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type ListBranchesQuery = { viewer: { login: string } | null, repo: { name: string, branches: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null }, nodes: Array<{ name: string, commitSha: string, isProtected: boolean }> } | null } | null };

export type ListCommitsQueryVariables = Exact<{
  owner: string;
  name: string;
  ref?: string | null | undefined;
  path?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ListCommitsQuery = { viewer: { login: string } | null, repo: { name: string, commits: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null }, nodes: Array<{ sha: string, message: string, authorName: string, authorLogin: string | null, webUrl: string }> } | null } | null };

export type RepoViewerCanQueryVariables = Exact<{
  owner: string;
  name: string;
  permission: string;
}>;


export type RepoViewerCanQuery = { repo: { viewerCan: boolean | null } | null };

export type ShareProjectMutationVariables = Exact<{
  input: ShareProjectInput;
}>;


export type ShareProjectMutation = { shareProject: { project: { producer: string, env: string, viewerPermission: PermissionLevel } } | null };

export type UnshareProjectMutationVariables = Exact<{
  input: UnshareProjectInput;
}>;


export type UnshareProjectMutation = { unshareProject: { project: { producer: string, env: string, viewerPermission: PermissionLevel } } | null };

export type EntityFragment = { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null };

export type StatusFragment = { staleSince: string | null, staleReason: StaleReason | null, workspace: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, slsApi: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, gateways: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }>, functions: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }> | null };

export type PodFieldsFragment = { id: string, name: string, kind: PodKind, entityId: string | null, entityName: string | null, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, startedAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null, ready: boolean, restarts: number, startedAt: string | null, lastEnd: { reason: string | null, exitCode: number, finishedAt: string | null } | null }> };

export type ReadStatusQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadStatusQuery = { project: { status: { staleSince: string | null, staleReason: StaleReason | null, workspace: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, slsApi: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, gateways: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }>, functions: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }> | null } | null } | null };

export type ReadStatusOfPartsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadStatusOfPartsQuery = { project: { gateways: Array<{ id: string, status: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ name: string }> } | null }> | null, functions: Array<{ name: string, status: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null, pods: Array<{ name: string }> } | null }> | null } | null };

export type ReadPodsQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadPodsQuery = { project: { pods: Array<{ id: string, name: string, kind: PodKind, entityId: string | null, entityName: string | null, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, startedAt: string | null, stopping: boolean, project: { id: string } | null, containers: Array<{ name: string, state: ContainerState, reason: string | null, ready: boolean, restarts: number, startedAt: string | null, lastEnd: { reason: string | null, exitCode: number, finishedAt: string | null } | null }> }> | null } | null };

export type ReadPodByNameQueryVariables = Exact<{
  producer: string;
  name: string;
  env?: string;
}>;


export type ReadPodByNameQuery = { project: { pod: { id: string, name: string, kind: PodKind, entityId: string | null, entityName: string | null, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, startedAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null, ready: boolean, restarts: number, startedAt: string | null, lastEnd: { reason: string | null, exitCode: number, finishedAt: string | null } | null }> } | null } | null };

export type ReadPodQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadPodQuery = { pod: { id: string, name: string, kind: PodKind, entityId: string | null, entityName: string | null, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, startedAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null, ready: boolean, restarts: number, startedAt: string | null, lastEnd: { reason: string | null, exitCode: number, finishedAt: string | null } | null }> } | null };

export type PodViewerCanQueryVariables = Exact<{
  id: string | number;
  permission: string;
}>;


export type PodViewerCanQuery = { pod: { viewerCan: boolean | null } | null };

export type ReadAllStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadAllStatusQuery = { viewer: { projects: { nodes: Array<{ producer: string, status: { staleSince: string | null, staleReason: StaleReason | null, workspace: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, slsApi: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, gateways: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }>, functions: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }> | null } | null }> } | null } | null };

export type FollowStatusSubscriptionVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type FollowStatusSubscription = { projectStatus: { staleSince: string | null, staleReason: StaleReason | null, workspace: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, slsApi: { kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null } | null, gateways: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }>, functions: Array<{ kind: PodKind, name: string | null, entityId: string | null, running: boolean, deploying: boolean, ready: boolean, failed: boolean, reason: string | null, restarts: number, startedAt: string | null }> | null } };

export type FollowPodsSubscriptionVariables = Exact<{
  producer: string;
  name?: string | null | undefined;
  env?: string;
}>;


export type FollowPodsSubscription = { podChanged: { kind: PodChangeKind, missed: number, pod: { id: string, name: string, kind: PodKind, entityId: string | null, entityName: string | null, phase: PodPhase, ready: boolean, reason: string | null, restarts: number, createdAt: string | null, startedAt: string | null, stopping: boolean, containers: Array<{ name: string, state: ContainerState, reason: string | null, ready: boolean, restarts: number, startedAt: string | null, lastEnd: { reason: string | null, exitCode: number, finishedAt: string | null } | null }> } } };

export type SearchUsersQueryVariables = Exact<{
  search: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type SearchUsersQuery = { viewer: { login: string } | null, users: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ login: string, fullName: string }> } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { login: string, fullName: string, email: string, isAdmin: boolean, producer: { name: string, login: string } | null } | null };

export type ViewerProjectsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ViewerProjectsQuery = { viewer: { projects: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { producer: string, env: string, viewerPermission: PermissionLevel } }> } | null } | null };

export type ListWorkspaceFilesQueryVariables = Exact<{
  producer: string;
  path?: string | null | undefined;
  env?: string;
}>;


export type ListWorkspaceFilesQuery = { viewer: { login: string } | null, project: { files: Array<{ path: string, text: string | null, size: number | null, revision: string }> | null } | null };

export type ReadWorkspaceFileQueryVariables = Exact<{
  producer: string;
  path: string;
  env?: string;
}>;


export type ReadWorkspaceFileQuery = { project: { env: string, file: { path: string, text: string | null, size: number | null, revision: string } | null, files: Array<{ path: string }> | null } | null };

export type SaveFilesMutationVariables = Exact<{
  input: SaveFilesInput;
}>;


export type SaveFilesMutation = { saveFiles: { deleted: Array<string>, files: Array<{ path: string, text: string | null, size: number | null, revision: string }>, project: { producer: string, files: Array<{ path: string }> | null } } | null };

export type WorkspaceFieldsFragment = { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string };

export type ReadWorkspaceQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadWorkspaceQuery = { viewer: { login: string } | null, project: { workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } | null };

export type ReadOpenApiQueryVariables = Exact<{
  producer: string;
  env?: string;
}>;


export type ReadOpenApiQuery = { project: { openApi: unknown, workspace: { status: WorkspaceState } | null } | null };

export type RestartWorkspaceMutationVariables = Exact<{
  input: RestartWorkspaceInput;
}>;


export type RestartWorkspaceMutation = { restartWorkspace: { project: { producer: string }, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } | null };

export type ReinstallDependenciesMutationVariables = Exact<{
  input: WorkspaceInput;
}>;


export type ReinstallDependenciesMutation = { reinstallDependencies: { project: { producer: string }, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } | null };

export type ResetWorkspaceMutationVariables = Exact<{
  input: WorkspaceInput;
}>;


export type ResetWorkspaceMutation = { resetWorkspace: { project: { producer: string }, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } | null };

export type ClearProjectMutationVariables = Exact<{
  input: WorkspaceInput;
}>;


export type ClearProjectMutation = { clearProject: { project: { producer: string, dataSources: Array<{ name: string }> | null }, workspace: { status: WorkspaceState, output: string, instance: string, running: boolean, commit: string } | null } | null };

export const AuditTrailDocument: TrustedDocument<AuditTrailQuery, AuditTrailQueryVariables> = {
  kind: "query",
  name: "AuditTrail",
  id: "sha256:3f3d4ee5a90b2a5ca96f0f65574b9999efc287cffe2937e797592cb3e080cbba",
  text: "query AuditTrail($project: ProjectRef!, $first: PageSize! = 20, $after: AuditPosition, $filter: AuditFilter) {\n  auditTrail(project: $project, first: $first, after: $after, filter: $filter) {\n    hasMore\n    endPosition\n    lost\n    hasFunctions\n    entries {\n      position\n      at\n      login\n      identifiedBy\n      kind\n      field\n      operation\n      permission\n      env\n      named {\n        argument\n        value\n      }\n      outcome\n      code\n      upstream\n      milliseconds\n      repeated\n      requestId\n    }\n  }\n}",
};

export const BoardProjectsDocument: TrustedDocument<BoardProjectsQuery, BoardProjectsQueryVariables> = {
  kind: "query",
  name: "BoardProjects",
  id: "sha256:37d204bbef91141ddf6918b85eb5c4023730f24fae5bb2ad190dd451a9c6a9f8",
  text: "query BoardProjects($first: PageSize! = 50, $after: Cursor) {\n  viewer {\n    login\n    fullName\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        producer\n        env\n        name\n        viewerPermission\n      }\n    }\n  }\n}",
};

export const BoardProjectDocument: TrustedDocument<BoardProjectQuery, BoardProjectQueryVariables> = {
  kind: "query",
  name: "BoardProject",
  id: "sha256:2253b1b8a89b7993927b8962362731236977b43e3933bbcf75e82a0f164c900a",
  text: "query BoardProject($producer: ProducerName!, $env: EnvironmentName!) {\n  project(producer: $producer, env: $env) {\n    id\n    producer\n    env\n    viewerPermission\n    mayWrite: viewerCan(permission: \"project:write\")\n    mayAdmin: viewerCan(permission: \"project:admin\")\n    mayReadFunctions: viewerCan(permission: \"functions:read\")\n    mayWriteFunctions: viewerCan(permission: \"functions:write\")\n    mayAdminFunctions: viewerCan(permission: \"functions:admin\")\n    repo {\n      owner\n      name\n    }\n    enabled\n    gateways {\n      id\n      name\n      dnsPrefix\n      pipelines {\n        id\n      }\n    }\n    functions {\n      name\n      runtime\n      handler\n      lunchbadgerId\n    }\n  }\n}",
};

export const BoardCollaboratorsDocument: TrustedDocument<BoardCollaboratorsQuery, BoardCollaboratorsQueryVariables> = {
  kind: "query",
  name: "BoardCollaborators",
  id: "sha256:d7ff95c0cfbed6c84876cab5eb4bf265f89f8f36e777cfd29d6d43eb54cc25c2",
  text: "query BoardCollaborators($owner: Login!, $name: RepositoryName!) {\n  repo(owner: $owner, name: $name) {\n    collaborators(first: 100) {\n      totalCount\n      nodes {\n        level\n        user {\n          login\n          fullName\n        }\n      }\n    }\n  }\n}",
};

export const BoardPeopleDocument: TrustedDocument<BoardPeopleQuery, BoardPeopleQueryVariables> = {
  kind: "query",
  name: "BoardPeople",
  id: "sha256:23e2dbcdbe653e8a6188a7ee6330abb7086863953ffa34f1af8a9e8f21c04d01",
  text: "query BoardPeople($search: SearchText!) {\n  users(search: $search, first: 8) {\n    nodes {\n      login\n      fullName\n    }\n  }\n}",
};

export const BoardPodDetailsDocument: TrustedDocument<BoardPodDetailsQuery, BoardPodDetailsQueryVariables> = {
  kind: "query",
  name: "BoardPodDetails",
  id: "sha256:d3db483fc8dda43a9939d644fc0f532baa20a0c33ad15072ced1f2392d099dc0",
  text: "query BoardPodDetails($id: ID!) {\n  pod(id: $id) {\n    mayRestart: viewerCan(permission: \"pod:write\")\n    events {\n      type\n      reason\n      message\n      count\n      lastSeen\n    }\n  }\n}",
};

export const BoardStatusDocument: TrustedDocument<BoardStatusSubscription, BoardStatusSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardStatus",
  id: "sha256:f70b894f45e060146c24d43b53c41547cd3d5164c6e6f3b277e6d78e97b01815",
  text: "subscription BoardStatus($producer: ProducerName!, $env: EnvironmentName!) {\n  projectStatus(producer: $producer, env: $env) {\n    workspace {\n      ...BoardEntity\n    }\n    slsApi {\n      ...BoardEntity\n    }\n    gateways {\n      ...BoardEntity\n    }\n    functions {\n      ...BoardEntity\n    }\n    staleSince\n    staleReason\n  }\n}\n\nfragment BoardPod on Pod {\n  id\n  name\n  kind\n  phase\n  ready\n  reason\n  restarts\n  createdAt\n  stopping\n  containers {\n    name\n    state\n    reason\n  }\n}\n\nfragment BoardEntity on EntityStatus {\n  kind\n  name\n  entityId\n  running\n  deploying\n  ready\n  failed\n  reason\n  restarts\n  startedAt\n  pods {\n    ...BoardPod\n  }\n}",
};

export const BoardWorkspaceDocument: TrustedDocument<BoardWorkspaceSubscription, BoardWorkspaceSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardWorkspace",
  id: "sha256:24524f0b7ca0c7dde7f619f16922e69673c5a95205dc501be8f5598d3b33c92c",
  text: "subscription BoardWorkspace($producer: ProducerName!, $env: EnvironmentName!) {\n  workspaceStatus(producer: $producer, env: $env) {\n    workspace {\n      status\n      output\n      instance\n      running\n      commit\n    }\n    staleSince\n  }\n}",
};

export const BoardDeploymentsDocument: TrustedDocument<BoardDeploymentsSubscription, BoardDeploymentsSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardDeployments",
  id: "sha256:5f80b999bd88cb6abf7ebb1f8840f4f1519903f27fa5d910ac3a16314a98a794",
  text: "subscription BoardDeployments($producer: ProducerName!, $env: EnvironmentName!) {\n  projectDeployments(producer: $producer, env: $env) {\n    resources {\n      id\n      kind\n      name\n      entityId\n      isPaused\n      isLeaving\n      summary\n      observed {\n        hosts\n        podsWanted\n        podsReady\n      }\n    }\n    staleSince\n    staleReason\n  }\n}",
};

export const BoardPresenceDocument: TrustedDocument<BoardPresenceSubscription, BoardPresenceSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardPresence",
  id: "sha256:39295e3f6e11ebcca2d3f4aea49e7dece9b7f470f0db0190b97e81273a1dec6a",
  text: "subscription BoardPresence($producer: ProducerName!, $env: EnvironmentName!) {\n  presence(producer: $producer, env: $env) {\n    people {\n      login\n      fullName\n      since\n      connections\n    }\n    others\n    staleSince\n  }\n}",
};

export const BoardChangesDocument: TrustedDocument<BoardChangesSubscription, BoardChangesSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardChanges",
  id: "sha256:7c7a4144de20175844d5671044af3751b8ff7cb922f85eedd9e92c2770bd1579",
  text: "subscription BoardChanges($producer: ProducerName!, $env: EnvironmentName!) {\n  projectChanged(producer: $producer, env: $env) {\n    by\n    kind\n    entities\n    unnamed\n    branch\n    commit\n    author\n    external\n    missed\n  }\n}",
};

export const BoardDeploymentDocument: TrustedDocument<BoardDeploymentSubscription, BoardDeploymentSubscriptionVariables> = {
  kind: "subscription",
  name: "BoardDeployment",
  id: "sha256:43860a87be0d8f4c1df6e1b0375b74744cdfb3cd87f9e777bb3519b89e519991",
  text: "subscription BoardDeployment($id: ID!) {\n  deployment(id: $id) {\n    id\n    functionName\n    kind\n    state\n    reason\n    by\n  }\n}",
};

export const CanvasDocument: TrustedDocument<CanvasQuery, CanvasQueryVariables> = {
  kind: "query",
  name: "Canvas",
  id: "sha256:3000ff80cd1ca56aeb4b8180b6ff0ddd6b5ffbc25f1e366b5e39daa04e42c4be",
  text: "query Canvas($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    revision\n    document\n    gateways {\n      id\n      name\n      dnsPrefix\n      itemOrder\n      policies\n      http\n      other\n      pipelines {\n        id\n        name\n        other\n        policies {\n          id\n          name\n          steps {\n            id\n            condition\n            action\n          }\n        }\n      }\n    }\n    serviceEndpoints {\n      id\n      name\n      urls\n      itemOrder\n      other\n    }\n    apiEndpoints {\n      id\n      name\n      host\n      paths\n      methods\n      scopes\n      itemOrder\n    }\n    apis {\n      id\n      name\n      apiEndpoints {\n        name\n      }\n      plans {\n        name\n        icon\n        tiers\n        details\n      }\n    }\n    portals {\n      id\n      name\n      rootUrl\n      apis {\n        name\n      }\n    }\n    microServices {\n      id\n      name\n      models\n    }\n    connections {\n      id\n      fromId\n      toId\n    }\n    states {\n      key\n      value\n    }\n  }\n}",
};

export const RevisionDocument: TrustedDocument<RevisionQuery, RevisionQueryVariables> = {
  kind: "query",
  name: "Revision",
  id: "sha256:21131d4418bd2ad3303a0967044bc027cf55556da457f097f5ac1469380f84d9",
  text: "query Revision($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    revision\n  }\n}",
};

export const SaveProjectDocument: TrustedDocument<SaveProjectMutation, SaveProjectMutationVariables> = {
  kind: "mutation",
  name: "SaveProject",
  id: "sha256:3b03ca6343c34806eb0b02a62d99dc81bcfbf15efd983ec5152ae9490f2cd957",
  text: "mutation SaveProject($input: SaveProjectInput!) {\n  saveProject(input: $input) {\n    outcome\n    revision\n    project {\n      revision\n      document\n    }\n  }\n}",
};

export const SaveGatewayDocument: TrustedDocument<SaveGatewayMutation, SaveGatewayMutationVariables> = {
  kind: "mutation",
  name: "SaveGateway",
  id: "sha256:f1ab4fe06ccd9dee6deaa00433dda30f6b88d8f52b48b77ebcfb8e998d152e61",
  text: "mutation SaveGateway($input: SaveGatewayInput!) {\n  saveGateway(input: $input) {\n    outcome\n    revision\n    gateway {\n      id\n      name\n      dnsPrefix\n      pipelines {\n        id\n        name\n        policies {\n          id\n          name\n          steps {\n            id\n            condition\n            action\n          }\n        }\n      }\n    }\n  }\n}",
};

export const DeleteGatewayDocument: TrustedDocument<DeleteGatewayMutation, DeleteGatewayMutationVariables> = {
  kind: "mutation",
  name: "DeleteGateway",
  id: "sha256:c87495c5b9cfea8c89fc12170f1aa22a785a69ddf6a05099b57d87b7274522d6",
  text: "mutation DeleteGateway($input: DeleteFromProjectInput!) {\n  deleteGateway(input: $input) {\n    deletedId\n    outcome\n    project {\n      gateways {\n        id\n      }\n      connections {\n        fromId\n        toId\n      }\n    }\n  }\n}",
};

export const SaveServiceEndpointDocument: TrustedDocument<SaveServiceEndpointMutation, SaveServiceEndpointMutationVariables> = {
  kind: "mutation",
  name: "SaveServiceEndpoint",
  id: "sha256:e6bd04eb08af46bc651c3d6b2b07271b10e88c15fd6f41164ca81e7d990be4d3",
  text: "mutation SaveServiceEndpoint($input: SaveServiceEndpointInput!) {\n  saveServiceEndpoint(input: $input) {\n    outcome\n    revision\n    serviceEndpoint {\n      id\n      name\n      urls\n      itemOrder\n      other\n    }\n  }\n}",
};

export const DeleteServiceEndpointDocument: TrustedDocument<DeleteServiceEndpointMutation, DeleteServiceEndpointMutationVariables> = {
  kind: "mutation",
  name: "DeleteServiceEndpoint",
  id: "sha256:e922211dbda6bb2645c573b9158e1be308e3b12a05be9aac9a3afc429c17d06d",
  text: "mutation DeleteServiceEndpoint($input: DeleteFromProjectInput!) {\n  deleteServiceEndpoint(input: $input) {\n    deletedId\n    outcome\n  }\n}",
};

export const SaveApiEndpointDocument: TrustedDocument<SaveApiEndpointMutation, SaveApiEndpointMutationVariables> = {
  kind: "mutation",
  name: "SaveApiEndpoint",
  id: "sha256:1bb9d97c3fe5428ba61aacf552bfd49fa3d913db24269e96666ffd3afeaabd1d",
  text: "mutation SaveApiEndpoint($input: SaveApiEndpointInput!) {\n  saveApiEndpoint(input: $input) {\n    outcome\n    revision\n    apiEndpoint {\n      id\n      name\n      host\n      paths\n    }\n  }\n}",
};

export const DeleteApiEndpointDocument: TrustedDocument<DeleteApiEndpointMutation, DeleteApiEndpointMutationVariables> = {
  kind: "mutation",
  name: "DeleteApiEndpoint",
  id: "sha256:92eb596142856b07a6ef870096a027c79436312038a0f387a09798bebac09f35",
  text: "mutation DeleteApiEndpoint($input: DeleteFromProjectInput!) {\n  deleteApiEndpoint(input: $input) {\n    deletedId\n    outcome\n  }\n}",
};

export const ConnectDocument: TrustedDocument<ConnectMutation, ConnectMutationVariables> = {
  kind: "mutation",
  name: "Connect",
  id: "sha256:fb6481c7f15490d324f28e373e67b4305d169900086944f61b8b7d7083d0d5aa",
  text: "mutation Connect($input: ConnectInput!) {\n  connect(input: $input) {\n    outcome\n    connection {\n      id\n      fromId\n      toId\n    }\n  }\n}",
};

export const DisconnectDocument: TrustedDocument<DisconnectMutation, DisconnectMutationVariables> = {
  kind: "mutation",
  name: "Disconnect",
  id: "sha256:659592503ca53631e18d514bae7adff578c5c1cac4fbd826587e79850b1e551c",
  text: "mutation Disconnect($input: ConnectInput!) {\n  disconnect(input: $input) {\n    outcome\n    connection {\n      fromId\n      toId\n    }\n    project {\n      connections {\n        fromId\n        toId\n      }\n    }\n  }\n}",
};

export const ListCollaboratorsDocument: TrustedDocument<ListCollaboratorsQuery, ListCollaboratorsQueryVariables> = {
  kind: "query",
  name: "ListCollaborators",
  id: "sha256:e8d332a297c0d89932c010a0b6953ca02d23ca536b6cea0ea5665daef89b7f4b",
  text: "query ListCollaborators($owner: Login!, $name: RepositoryName!, $first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    login\n  }\n  repo(owner: $owner, name: $name) {\n    name\n    collaborators(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        level\n        user {\n          login\n          fullName\n          avatarUrl\n        }\n      }\n    }\n  }\n}",
};

export const SetCollaboratorDocument: TrustedDocument<SetCollaboratorMutation, SetCollaboratorMutationVariables> = {
  kind: "mutation",
  name: "SetCollaborator",
  id: "sha256:70db404701560811e4a6fb2247668c559da430616d2128449d85aa79d71d2e86",
  text: "mutation SetCollaborator($input: SetCollaboratorInput!) {\n  setCollaborator(input: $input) {\n    owner\n    name\n    login\n    level\n  }\n}",
};

export const RemoveCollaboratorDocument: TrustedDocument<RemoveCollaboratorMutation, RemoveCollaboratorMutationVariables> = {
  kind: "mutation",
  name: "RemoveCollaborator",
  id: "sha256:e44938c7943bfabaf3ca131e3afc6187daeda40fbc35f09af807479cbffbe8bc",
  text: "mutation RemoveCollaborator($input: RemoveCollaboratorInput!) {\n  removeCollaborator(input: $input) {\n    owner\n    name\n    login\n    level\n  }\n}",
};

export const ReadConsumersDocument: TrustedDocument<ReadConsumersQuery, ReadConsumersQueryVariables> = {
  kind: "query",
  name: "ReadConsumers",
  id: "sha256:3256942063ed07ea31a112c530ada6a057413efbf0f88436752e5722b3838935",
  text: "query ReadConsumers($producer: ProducerName!, $first: PageSize! = 20, $after: Cursor, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    gateways {\n      consumers {\n        users(first: $first, after: $after) {\n          totalCount\n          nodes {\n            id\n            username\n            firstname\n            lastname\n            email\n            redirectUri\n            isActive\n            createdAt\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n        apps {\n          nodes {\n            id\n            userId\n            name\n            redirectUri\n            isActive\n          }\n        }\n        scopes\n      }\n    }\n  }\n}",
};

export const ReadCredentialsDocument: TrustedDocument<ReadCredentialsQuery, ReadCredentialsQueryVariables> = {
  kind: "query",
  name: "ReadCredentials",
  id: "sha256:9e707f9cf004ed245c0e4709ff8546bc1e4fd4c8a1cc473668ca17eb6fbed889",
  text: "query ReadCredentials($producer: ProducerName!, $consumer: ConsumerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    gateways {\n      consumers {\n        scopes\n        credentials(consumer: $consumer) {\n          id\n          type\n          isActive\n          scopes\n        }\n      }\n    }\n  }\n}",
};

export const CreateConsumerUserDocument: TrustedDocument<CreateConsumerUserMutation, CreateConsumerUserMutationVariables> = {
  kind: "mutation",
  name: "CreateConsumerUser",
  id: "sha256:015d22a91345d3b58a914c2cad525af87a48db3260127bee9fa219f6f67beae3",
  text: "mutation CreateConsumerUser($input: CreateConsumerUserInput!) {\n  createConsumerUser(input: $input) {\n    user {\n      id\n      username\n      email\n      isActive\n    }\n    consumers {\n      users {\n        nodes {\n          username\n        }\n      }\n    }\n  }\n}",
};

export const UpdateConsumerUserDocument: TrustedDocument<UpdateConsumerUserMutation, UpdateConsumerUserMutationVariables> = {
  kind: "mutation",
  name: "UpdateConsumerUser",
  id: "sha256:df38c76089207d9cf0922a56c1fe4364331fe7c59e2b5e98f3c5f4f43a808e4d",
  text: "mutation UpdateConsumerUser($input: UpdateConsumerUserInput!) {\n  updateConsumerUser(input: $input) {\n    user {\n      id\n      firstname\n      lastname\n      email\n      redirectUri\n    }\n  }\n}",
};

export const CreateConsumerAppDocument: TrustedDocument<CreateConsumerAppMutation, CreateConsumerAppMutationVariables> = {
  kind: "mutation",
  name: "CreateConsumerApp",
  id: "sha256:8a03144d9a17434f87d8c11b127e95810b4c91ee105c1dbf0ecb6336416e35cf",
  text: "mutation CreateConsumerApp($input: CreateConsumerAppInput!) {\n  createConsumerApp(input: $input) {\n    app {\n      id\n      userId\n      name\n    }\n  }\n}",
};

export const UpdateConsumerAppDocument: TrustedDocument<UpdateConsumerAppMutation, UpdateConsumerAppMutationVariables> = {
  kind: "mutation",
  name: "UpdateConsumerApp",
  id: "sha256:b2dd355ecb50b186792769711e601f8dc26f71af0420b6edc2f80020d19bc81a",
  text: "mutation UpdateConsumerApp($input: UpdateConsumerAppInput!) {\n  updateConsumerApp(input: $input) {\n    app {\n      id\n      name\n      redirectUri\n    }\n  }\n}",
};

export const DeleteConsumerDocument: TrustedDocument<DeleteConsumerMutation, DeleteConsumerMutationVariables> = {
  kind: "mutation",
  name: "DeleteConsumer",
  id: "sha256:14c59c8c73e532c1c6e8d80f598b237e5e56a7887624b952b0f4cce9cf29a261",
  text: "mutation DeleteConsumer($input: DeleteConsumerInput!) {\n  deleteConsumer(input: $input) {\n    consumers {\n      users {\n        totalCount\n      }\n      apps {\n        totalCount\n      }\n    }\n  }\n}",
};

export const SetConsumerActiveDocument: TrustedDocument<SetConsumerActiveMutation, SetConsumerActiveMutationVariables> = {
  kind: "mutation",
  name: "SetConsumerActive",
  id: "sha256:44dcd60a7c6c1db840a43f883f895ea427e1b00c28beff5a5e638e1bc43c39f9",
  text: "mutation SetConsumerActive($input: SetConsumerActiveInput!) {\n  setConsumerActive(input: $input) {\n    consumers {\n      users {\n        nodes {\n          username\n          isActive\n        }\n      }\n      apps {\n        nodes {\n          name\n          isActive\n        }\n      }\n    }\n  }\n}",
};

export const AddConsumerScopeDocument: TrustedDocument<AddConsumerScopeMutation, AddConsumerScopeMutationVariables> = {
  kind: "mutation",
  name: "AddConsumerScope",
  id: "sha256:f2b004335190d9a9388d157c06ff5e2f10596272be95c70537401b6b24017b6d",
  text: "mutation AddConsumerScope($input: ConsumerScopeInput!) {\n  addConsumerScope(input: $input) {\n    consumers {\n      scopes\n    }\n  }\n}",
};

export const RemoveConsumerScopeDocument: TrustedDocument<RemoveConsumerScopeMutation, RemoveConsumerScopeMutationVariables> = {
  kind: "mutation",
  name: "RemoveConsumerScope",
  id: "sha256:bc9428eca331405b1988e9f346389f664d57fc0f34488f50e49e01d707817fee",
  text: "mutation RemoveConsumerScope($input: ConsumerScopeInput!) {\n  removeConsumerScope(input: $input) {\n    consumers {\n      scopes\n    }\n  }\n}",
};

export const CreateCredentialDocument: TrustedDocument<CreateCredentialMutation, CreateCredentialMutationVariables> = {
  kind: "mutation",
  name: "CreateCredential",
  id: "sha256:7fad10db0773ddf20c4cc5df787169e94156d509afb9456f56bfb372339da0ce",
  text: "mutation CreateCredential($input: CreateCredentialInput!) {\n  createCredential(input: $input) {\n    type\n    id\n    secret\n  }\n}",
};

export const SetCredentialActiveDocument: TrustedDocument<SetCredentialActiveMutation, SetCredentialActiveMutationVariables> = {
  kind: "mutation",
  name: "SetCredentialActive",
  id: "sha256:da0b5d6dbda72e53b6f7ecd0327bbe5e706834920bc32df05a1c765ae205a04c",
  text: "mutation SetCredentialActive($input: SetCredentialActiveInput!) {\n  setCredentialActive(input: $input) {\n    type\n    id\n  }\n}",
};

export const SetCredentialScopesDocument: TrustedDocument<SetCredentialScopesMutation, SetCredentialScopesMutationVariables> = {
  kind: "mutation",
  name: "SetCredentialScopes",
  id: "sha256:d5935b4d99ddaa8a6b7b9ef527c7b2f1b6f4624607b5e54f0953b3363e7cb2c9",
  text: "mutation SetCredentialScopes($input: SetCredentialScopesInput!) {\n  setCredentialScopes(input: $input) {\n    id\n  }\n}",
};

export const AddCredentialScopeDocument: TrustedDocument<AddCredentialScopeMutation, AddCredentialScopeMutationVariables> = {
  kind: "mutation",
  name: "AddCredentialScope",
  id: "sha256:a0ff9215e1ff7682c5e426242be23950672f69b983ffb562ac0bf17467948a2a",
  text: "mutation AddCredentialScope($input: CredentialScopeInput!) {\n  addCredentialScope(input: $input) {\n    id\n  }\n}",
};

export const RemoveCredentialScopeDocument: TrustedDocument<RemoveCredentialScopeMutation, RemoveCredentialScopeMutationVariables> = {
  kind: "mutation",
  name: "RemoveCredentialScope",
  id: "sha256:736b1509a0210af4c49637a434172ff1c34a5278c728476ab90f54a7713db5ef",
  text: "mutation RemoveCredentialScope($input: CredentialScopeInput!) {\n  removeCredentialScope(input: $input) {\n    id\n  }\n}",
};

export const ListDataSourcesDocument: TrustedDocument<ListDataSourcesQuery, ListDataSourcesQueryVariables> = {
  kind: "query",
  name: "ListDataSources",
  id: "sha256:6be9683665e0eea9d4d144cca726d624e40fee811225c026352abf6d4b2435d6",
  text: "query ListDataSources($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    dataSources {\n      ...DataSourceFields\n    }\n  }\n}\n\nfragment DataSourceFields on DataSource {\n  name\n  connector\n  lunchbadgerId\n  itemOrder\n  host\n  port\n  database\n  username\n  url\n  settings\n  secrets\n  revision\n}",
};

export const ReadDataSourceDocument: TrustedDocument<ReadDataSourceQuery, ReadDataSourceQueryVariables> = {
  kind: "query",
  name: "ReadDataSource",
  id: "sha256:93f0e6cfff5952103006294429426c359e000f914f7023a3e281eb15aef3f7a1",
  text: "query ReadDataSource($producer: ProducerName!, $name: DataSourceName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    env\n    dataSource(name: $name) {\n      ...DataSourceFields\n    }\n  }\n}\n\nfragment DataSourceFields on DataSource {\n  name\n  connector\n  lunchbadgerId\n  itemOrder\n  host\n  port\n  database\n  username\n  url\n  settings\n  secrets\n  revision\n}",
};

export const SaveDataSourceDocument: TrustedDocument<SaveDataSourceMutation, SaveDataSourceMutationVariables> = {
  kind: "mutation",
  name: "SaveDataSource",
  id: "sha256:5df6433fe6f9cb4c0eb42563c12700c5e83dd969c6196e47b57f7d6c076ad477",
  text: "mutation SaveDataSource($input: SaveDataSourceInput!) {\n  saveDataSource(input: $input) {\n    dataSource {\n      ...DataSourceFields\n    }\n    project {\n      producer\n      dataSources {\n        name\n        revision\n      }\n    }\n    outcome\n  }\n}\n\nfragment DataSourceFields on DataSource {\n  name\n  connector\n  lunchbadgerId\n  itemOrder\n  host\n  port\n  database\n  username\n  url\n  settings\n  secrets\n  revision\n}",
};

export const DeleteDataSourceDocument: TrustedDocument<DeleteDataSourceMutation, DeleteDataSourceMutationVariables> = {
  kind: "mutation",
  name: "DeleteDataSource",
  id: "sha256:a8faee72f75ec5b098ef9e0e726427cbcf405a614486661aead0844db5a92076",
  text: "mutation DeleteDataSource($input: DeleteDataSourceInput!) {\n  deleteDataSource(input: $input) {\n    deletedName\n    project {\n      dataSources {\n        name\n      }\n    }\n  }\n}",
};

export const TestDataSourceDocument: TrustedDocument<TestDataSourceMutation, TestDataSourceMutationVariables> = {
  kind: "mutation",
  name: "TestDataSource",
  id: "sha256:7eea0a84cb83508ba9b1eb6bf7bab10c899e93e8f319488c1520047010f55319",
  text: "mutation TestDataSource($input: TestDataSourceInput!) {\n  testDataSource(input: $input) {\n    connects\n    message\n  }\n}",
};

export const ReadDeploymentsDocument: TrustedDocument<ReadDeploymentsQuery, ReadDeploymentsQueryVariables> = {
  kind: "query",
  name: "ReadDeployments",
  id: "sha256:0f761aec46212ccd79b1ef58bc9669d23a62c0933dc525a60af2a65cda06ead6",
  text: "query ReadDeployments($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    deployments {\n      ...Deployed\n    }\n  }\n}\n\nfragment DeployedFields on ProjectDeployment {\n  id\n  kind\n  name\n  entityId\n  desired {\n    isEnabled\n    isRunning\n    revision\n    savedRevision\n  }\n  observed {\n    isUpToDate\n    revision\n    savedRevision\n    configuration\n    hosts\n    images\n    podsWanted\n    podsReady\n  }\n  conditions {\n    type\n    isTrue\n    reason\n    message\n    since\n  }\n  isPaused\n  isLeaving\n  summary\n}\n\nfragment Deployed on ProjectDeployments {\n  resources {\n    ...DeployedFields\n  }\n  staleSince\n  staleReason\n}",
};

export const FindDeployedDocument: TrustedDocument<FindDeployedQuery, FindDeployedQueryVariables> = {
  kind: "query",
  name: "FindDeployed",
  id: "sha256:1332ef7ad75462b39753f9d2361c45e320eb2eb1349d0b28fef07b0d74ea516d",
  text: "query FindDeployed($id: ID!) {\n  node(id: $id) {\n    id\n    ... on ProjectDeployment {\n      ...DeployedFields\n    }\n  }\n}\n\nfragment DeployedFields on ProjectDeployment {\n  id\n  kind\n  name\n  entityId\n  desired {\n    isEnabled\n    isRunning\n    revision\n    savedRevision\n  }\n  observed {\n    isUpToDate\n    revision\n    savedRevision\n    configuration\n    hosts\n    images\n    podsWanted\n    podsReady\n  }\n  conditions {\n    type\n    isTrue\n    reason\n    message\n    since\n  }\n  isPaused\n  isLeaving\n  summary\n}",
};

export const FollowDeploymentsDocument: TrustedDocument<FollowDeploymentsSubscription, FollowDeploymentsSubscriptionVariables> = {
  kind: "subscription",
  name: "FollowDeployments",
  id: "sha256:585c7f2a570e4f23151b6a8747f41659cf92560951c09d9af79c0bc67847f6df",
  text: "subscription FollowDeployments($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  projectDeployments(producer: $producer, env: $env) {\n    ...Deployed\n  }\n}\n\nfragment DeployedFields on ProjectDeployment {\n  id\n  kind\n  name\n  entityId\n  desired {\n    isEnabled\n    isRunning\n    revision\n    savedRevision\n  }\n  observed {\n    isUpToDate\n    revision\n    savedRevision\n    configuration\n    hosts\n    images\n    podsWanted\n    podsReady\n  }\n  conditions {\n    type\n    isTrue\n    reason\n    message\n    since\n  }\n  isPaused\n  isLeaving\n  summary\n}\n\nfragment Deployed on ProjectDeployments {\n  resources {\n    ...DeployedFields\n  }\n  staleSince\n  staleReason\n}",
};

export const ReconcileDocument: TrustedDocument<ReconcileMutation, ReconcileMutationVariables> = {
  kind: "mutation",
  name: "Reconcile",
  id: "sha256:8103a8e60c63e0656d25fe0b9089580a3dfd2c3da6bc0160686a485d3500a39e",
  text: "mutation Reconcile($input: ReconcileInput!) {\n  reconcile(input: $input) {\n    project {\n      producer\n      env\n    }\n    deployments {\n      id\n      kind\n      name\n    }\n  }\n}",
};

export const SetPausedDocument: TrustedDocument<SetPausedMutation, SetPausedMutationVariables> = {
  kind: "mutation",
  name: "SetPaused",
  id: "sha256:52dae7dfe78e799a7d4d37ebdcbf105019903f8fc7b9d86fa99e92df85a10a38",
  text: "mutation SetPaused($input: SetProducerPausedInput!) {\n  setProducerPaused(input: $input) {\n    producer {\n      name\n    }\n    isPaused\n  }\n}",
};

export const ReadActualizerDocument: TrustedDocument<ReadActualizerQuery, ReadActualizerQueryVariables> = {
  kind: "query",
  name: "ReadActualizer",
  id: "sha256:f743a3baa067c60bec9e8af1d236b57a580ac8bb35b3c00da2769597e4cfd291",
  text: "query ReadActualizer {\n  platform {\n    actualizer {\n      leader\n      isAlive\n      lastSeen\n      version\n      queues {\n        controller\n        waiting\n        running\n        delayed\n        oldestMs\n      }\n      lastPass {\n        at\n        ok\n        producers\n      }\n    }\n  }\n}",
};

export const ReadPlatformDocument: TrustedDocument<ReadPlatformQuery, ReadPlatformQueryVariables> = {
  kind: "query",
  name: "ReadPlatform",
  id: "sha256:cb38e54f2132bd9a9b69344ffa8fcdc1c3bb35af43dc2a769069bd387563acfc",
  text: "query ReadPlatform($first: PageSize! = 20, $after: Cursor) {\n  platform {\n    producersByState {\n      total\n      ready\n      starting\n      failing\n      stopped\n      paused\n      unreadable\n    }\n    errors(first: $first, after: $after) {\n      totalCount\n      nodes {\n        producer\n        env\n        kind\n        name\n        type\n        reason\n        message\n        since\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}",
};

export const ReadOptionsDocument: TrustedDocument<ReadOptionsQuery, ReadOptionsQueryVariables> = {
  kind: "query",
  name: "ReadOptions",
  id: "sha256:d3e8d1db54a3d00bfbb23cbda50cc498ea8688391198c2b4cda5478cc7e5fda1",
  text: "query ReadOptions($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    options {\n      variables {\n        name\n        value\n      }\n      autoGateway\n    }\n  }\n}",
};

export const SetVariablesDocument: TrustedDocument<SetVariablesMutation, SetVariablesMutationVariables> = {
  kind: "mutation",
  name: "SetVariables",
  id: "sha256:1b00b68f394f6ad514a7b565e06bc69c7e5293149e9876f51d7d3acfd52c43e7",
  text: "mutation SetVariables($input: SetVariablesInput!) {\n  setVariables(input: $input) {\n    project {\n      options {\n        variables {\n          name\n          value\n        }\n      }\n    }\n  }\n}",
};

export const SetAutoGatewayDocument: TrustedDocument<SetAutoGatewayMutation, SetAutoGatewayMutationVariables> = {
  kind: "mutation",
  name: "SetAutoGateway",
  id: "sha256:4398f27840a77b2c1a78b7f9303aca7c59bb6a54fb4855c1355a7c3f3fddfcfd",
  text: "mutation SetAutoGateway($input: SetAutoGatewayInput!) {\n  setAutoGateway(input: $input) {\n    project {\n      options {\n        autoGateway\n      }\n    }\n  }\n}",
};

export const ReadAutoGatewayDocument: TrustedDocument<ReadAutoGatewayQuery, ReadAutoGatewayQueryVariables> = {
  kind: "query",
  name: "ReadAutoGateway",
  id: "sha256:640a589cf4383be8b4425aeb4b9a3d59eb5b4c09dd78a827a27e120401273a27",
  text: "query ReadAutoGateway($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    autoGateway {\n      isEnabled\n      isRunning\n      host\n      pathsCount\n      keys {\n        id\n        name\n        createdAt\n        isActive\n      }\n    }\n  }\n}",
};

export const CreateAutoGatewayKeyDocument: TrustedDocument<CreateAutoGatewayKeyMutation, CreateAutoGatewayKeyMutationVariables> = {
  kind: "mutation",
  name: "CreateAutoGatewayKey",
  id: "sha256:716e5dccaabd25f51a5848fbd0fa4944285ec89ab5e6525607bf86b5d9e2a57f",
  text: "mutation CreateAutoGatewayKey($input: CreateAutoGatewayKeyInput!) {\n  createAutoGatewayKey(input: $input) {\n    id\n    name\n    key\n    header\n  }\n}",
};

export const RevokeAutoGatewayKeyDocument: TrustedDocument<RevokeAutoGatewayKeyMutation, RevokeAutoGatewayKeyMutationVariables> = {
  kind: "mutation",
  name: "RevokeAutoGatewayKey",
  id: "sha256:ca0452b65bfff6cffb64164e096ff9854f03793bbf2a9acebbf5f6f631f32424",
  text: "mutation RevokeAutoGatewayKey($input: RevokeAutoGatewayKeyInput!) {\n  revokeAutoGatewayKey(input: $input) {\n    id\n  }\n}",
};

export const ReadEnvironmentsDocument: TrustedDocument<ReadEnvironmentsQuery, ReadEnvironmentsQueryVariables> = {
  kind: "query",
  name: "ReadEnvironments",
  id: "sha256:f460b268ed13a8a4ddddd2fa27620350f7aba4fc75cb1537700bbc4d227488b6",
  text: "query ReadEnvironments($name: ProducerName!) {\n  producer(name: $name) {\n    environments\n    projects {\n      id\n      env\n      name\n      viewerPermission\n    }\n  }\n}",
};

export const ReadEnvironmentDocument: TrustedDocument<ReadEnvironmentQuery, ReadEnvironmentQueryVariables> = {
  kind: "query",
  name: "ReadEnvironment",
  id: "sha256:bd999f2e386019d434da8a94a7f7793f8c5e9f50518f100a7be1a2bef83a4e5c",
  text: "query ReadEnvironment($producer: ProducerName!, $env: EnvironmentName!) {\n  project(producer: $producer, env: $env) {\n    env\n    name\n    viewerPermission\n    viewerFunctionsPermission\n    repo {\n      name\n      description\n    }\n    functionsRepo {\n      name\n    }\n  }\n}",
};

export const CreateEnvironmentDocument: TrustedDocument<CreateEnvironmentMutation, CreateEnvironmentMutationVariables> = {
  kind: "mutation",
  name: "CreateEnvironment",
  id: "sha256:a3e5d37f01c0412bcea4062deff3a0569fe36428c2df0ee93419c0c6270d5215",
  text: "mutation CreateEnvironment($input: CreateEnvironmentInput!) {\n  createEnvironment(input: $input) {\n    createdRepos\n    project {\n      producer\n      env\n      name\n      viewerPermission\n    }\n    promoted {\n      commit\n      changedCount\n    }\n    promotedFunctions {\n      commit\n      changedCount\n    }\n  }\n}",
};

export const DeleteEnvironmentDocument: TrustedDocument<DeleteEnvironmentMutation, DeleteEnvironmentMutationVariables> = {
  kind: "mutation",
  name: "DeleteEnvironment",
  id: "sha256:97b8ac84d45061cdc7e7443cbfa948a97464614d92b24d7c937e1201cd430385",
  text: "mutation DeleteEnvironment($input: DeleteEnvironmentInput!) {\n  deleteEnvironment(input: $input) {\n    deleted\n    producer {\n      name\n    }\n  }\n}",
};

export const CreateProjectDocument: TrustedDocument<CreateProjectMutation, CreateProjectMutationVariables> = {
  kind: "mutation",
  name: "CreateProject",
  id: "sha256:8298fc350fb08d1e592c0d79f3594535c965e7066f7f04af39636fc4242e184e",
  text: "mutation CreateProject($input: CreateProjectInput!) {\n  createProject(input: $input) {\n    createdRepos\n    project {\n      env\n      name\n    }\n  }\n}",
};

export const DeleteProjectDocument: TrustedDocument<DeleteProjectMutation, DeleteProjectMutationVariables> = {
  kind: "mutation",
  name: "DeleteProject",
  id: "sha256:8a0a90219b307369a173b6a2ccf9915cd1f6f050ec2acc5abbf4ecbadb85df6c",
  text: "mutation DeleteProject($input: DeleteProjectInput!) {\n  deleteProject(input: $input) {\n    deleted\n    producer {\n      name\n    }\n  }\n}",
};

export const PromoteDocument: TrustedDocument<PromoteMutation, PromoteMutationVariables> = {
  kind: "mutation",
  name: "Promote",
  id: "sha256:a6d78858feb2dc71823de9e4515da89cec83db8235641a63237728f05ad24daa",
  text: "mutation Promote($input: PromoteInput!) {\n  promote(input: $input) {\n    project {\n      env\n    }\n    files {\n      source\n      commit\n      changedCount\n      changedPaths\n    }\n    functions {\n      commit\n      changedPaths\n    }\n  }\n}",
};

export const ReadEnvironmentCanvasDocument: TrustedDocument<ReadEnvironmentCanvasQuery, ReadEnvironmentCanvasQueryVariables> = {
  kind: "query",
  name: "ReadEnvironmentCanvas",
  id: "sha256:9e2d7d4582d9f9892ca13ec1c10592e4f0d272f71af96c2aeba319184e06bfea",
  text: "query ReadEnvironmentCanvas($producer: ProducerName!, $env: EnvironmentName!) {\n  project(producer: $producer, env: $env) {\n    revision\n    gateways {\n      id\n      name\n    }\n  }\n}",
};

export const EnvironmentPushesDocument: TrustedDocument<EnvironmentPushesSubscription, EnvironmentPushesSubscriptionVariables> = {
  kind: "subscription",
  name: "EnvironmentPushes",
  id: "sha256:c3418bd6669b00b999fc8536049e06840b2acebad8d94784b69be4fd846cd894",
  text: "subscription EnvironmentPushes($producer: ProducerName!, $env: EnvironmentName!) {\n  projectChanged(producer: $producer, env: $env) {\n    kind\n    entities\n    commit\n  }\n}",
};

export const ReadFileDocument: TrustedDocument<ReadFileQuery, ReadFileQueryVariables> = {
  kind: "query",
  name: "ReadFile",
  id: "sha256:19a650609de48b2077c8ddb8f82eb43ea27ce1ce3de72732c97e97ce641a8b5d",
  text: "query ReadFile($owner: Login!, $name: RepositoryName!, $path: FilePath!, $ref: GitReference) {\n  viewer {\n    login\n  }\n  repo(owner: $owner, name: $name) {\n    name\n    file(path: $path, ref: $ref) {\n      path\n      sha\n      lastCommitSha\n      size\n      text\n      base64\n    }\n  }\n}",
};

export const SaveFileDocument: TrustedDocument<SaveFileMutation, SaveFileMutationVariables> = {
  kind: "mutation",
  name: "SaveFile",
  id: "sha256:f6fb9068a6f7c63cc93ff8dad34f9301e5ad36455c8439a69516c0b1ec370c16",
  text: "mutation SaveFile($input: SaveRepoFileInput!) {\n  saveRepoFile(input: $input) {\n    commitSha\n    file {\n      path\n      sha\n      lastCommitSha\n      size\n      text\n      base64\n    }\n  }\n}",
};

export const ListFunctionsDocument: TrustedDocument<ListFunctionsQuery, ListFunctionsQueryVariables> = {
  kind: "query",
  name: "ListFunctions",
  id: "sha256:58d9cf22bd187ce1ce5daa5c75b9ab47cc9514b1e21ed3f729c10a470bd680d9",
  text: "query ListFunctions($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    env\n    functions {\n      ...FunctionFields\n    }\n  }\n}\n\nfragment FunctionFields on Function {\n  name\n  runtime\n  handler\n  labels\n  lunchbadgerId\n  itemOrder\n  serverless\n  revision\n  files {\n    path\n    text\n    size\n  }\n}",
};

export const ReadFunctionDocument: TrustedDocument<ReadFunctionQuery, ReadFunctionQueryVariables> = {
  kind: "query",
  name: "ReadFunction",
  id: "sha256:fdfeae88175f3ee4aef063af53828bbf53b18ce54599956d72658c32e7704267",
  text: "query ReadFunction($producer: ProducerName!, $name: FunctionName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    env\n    function(name: $name) {\n      ...FunctionFields\n      deployment {\n        ...DeploymentFields\n      }\n    }\n  }\n}\n\nfragment FunctionFields on Function {\n  name\n  runtime\n  handler\n  labels\n  lunchbadgerId\n  itemOrder\n  serverless\n  revision\n  files {\n    path\n    text\n    size\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  id\n  producer\n  env\n  functionName\n  kind\n  state\n  reason\n  revision\n  queuedAt\n  startedAt\n  finishedAt\n  by\n}",
};

export const ReadLogsDocument: TrustedDocument<ReadLogsQuery, ReadLogsQueryVariables> = {
  kind: "query",
  name: "ReadLogs",
  id: "sha256:aa99488b36567187c2e863dffe8731a30408176962bad46bb8688a01d787d13d",
  text: "query ReadLogs($producer: ProducerName!, $name: FunctionName!, $tail: Int! = 100, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    function(name: $name) {\n      name\n      logs(tail: $tail)\n    }\n  }\n}",
};

export const ListRuntimesDocument: TrustedDocument<ListRuntimesQuery, ListRuntimesQueryVariables> = {
  kind: "query",
  name: "ListRuntimes",
  id: "sha256:cfa58177ac68b6bc5465e8cfbd0549ed895553ce37c8f4241b99253aaeb71bc7",
  text: "query ListRuntimes {\n  runtimes {\n    id\n    name\n    version\n  }\n}",
};

export const ReadDeploymentDocument: TrustedDocument<ReadDeploymentQuery, ReadDeploymentQueryVariables> = {
  kind: "query",
  name: "ReadDeployment",
  id: "sha256:106f3508caffcac52feee62bc63702c4f2d99efdf20d97c897dfd6c100f93f5d",
  text: "query ReadDeployment($id: ID!) {\n  deployment(id: $id) {\n    ...DeploymentFields\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  id\n  producer\n  env\n  functionName\n  kind\n  state\n  reason\n  revision\n  queuedAt\n  startedAt\n  finishedAt\n  by\n}",
};

export const CreateFunctionDocument: TrustedDocument<CreateFunctionMutation, CreateFunctionMutationVariables> = {
  kind: "mutation",
  name: "CreateFunction",
  id: "sha256:ff83f2d3ee40ba32f02aa6449b0bd55747d66559ea1a9a27828d2de9a4feefe2",
  text: "mutation CreateFunction($input: CreateFunctionInput!) {\n  createFunction(input: $input) {\n    function {\n      ...FunctionFields\n    }\n    deployment {\n      ...DeploymentFields\n    }\n  }\n}\n\nfragment FunctionFields on Function {\n  name\n  runtime\n  handler\n  labels\n  lunchbadgerId\n  itemOrder\n  serverless\n  revision\n  files {\n    path\n    text\n    size\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  id\n  producer\n  env\n  functionName\n  kind\n  state\n  reason\n  revision\n  queuedAt\n  startedAt\n  finishedAt\n  by\n}",
};

export const SaveFunctionDocument: TrustedDocument<SaveFunctionMutation, SaveFunctionMutationVariables> = {
  kind: "mutation",
  name: "SaveFunction",
  id: "sha256:2398582488795149c0be2047aaf3383336e7be5ae72b8abcf1df62b9701c3231",
  text: "mutation SaveFunction($input: SaveFunctionInput!) {\n  saveFunction(input: $input) {\n    function {\n      ...FunctionFields\n    }\n    outcome\n  }\n}\n\nfragment FunctionFields on Function {\n  name\n  runtime\n  handler\n  labels\n  lunchbadgerId\n  itemOrder\n  serverless\n  revision\n  files {\n    path\n    text\n    size\n  }\n}",
};

export const DeployFunctionDocument: TrustedDocument<DeployFunctionMutation, DeployFunctionMutationVariables> = {
  kind: "mutation",
  name: "DeployFunction",
  id: "sha256:229a6b9636e8d7b64d4674625f3b26bdf1ccd4ce8cec495d28f4e2f6dd9235e0",
  text: "mutation DeployFunction($input: FunctionInput!) {\n  deployFunction(input: $input) {\n    deployment {\n      ...DeploymentFields\n    }\n    function {\n      name\n      revision\n    }\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  id\n  producer\n  env\n  functionName\n  kind\n  state\n  reason\n  revision\n  queuedAt\n  startedAt\n  finishedAt\n  by\n}",
};

export const UndeployFunctionDocument: TrustedDocument<UndeployFunctionMutation, UndeployFunctionMutationVariables> = {
  kind: "mutation",
  name: "UndeployFunction",
  id: "sha256:1e98f11afac4a49f091118109c19527009a0ec8eb921c5c0cd17529238a28c86",
  text: "mutation UndeployFunction($input: FunctionInput!) {\n  undeployFunction(input: $input) {\n    deployment {\n      ...DeploymentFields\n    }\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  id\n  producer\n  env\n  functionName\n  kind\n  state\n  reason\n  revision\n  queuedAt\n  startedAt\n  finishedAt\n  by\n}",
};

export const RestartFunctionDocument: TrustedDocument<RestartFunctionMutation, RestartFunctionMutationVariables> = {
  kind: "mutation",
  name: "RestartFunction",
  id: "sha256:4fe8ce17fa88c4837e231bf17dc3cffd25a29413869dd69a4819ea2e08a3c23c",
  text: "mutation RestartFunction($input: FunctionInput!) {\n  restartFunction(input: $input) {\n    name\n    restartedAt\n  }\n}",
};

export const DeleteFunctionDocument: TrustedDocument<DeleteFunctionMutation, DeleteFunctionMutationVariables> = {
  kind: "mutation",
  name: "DeleteFunction",
  id: "sha256:2c8d0b241026360081424f16e1fa93bbd1ac10ee339382d31d5465428b58b8ae",
  text: "mutation DeleteFunction($input: DeleteFunctionInput!) {\n  deleteFunction(input: $input) {\n    deletedName\n  }\n}",
};

export const ReorderFunctionsDocument: TrustedDocument<ReorderFunctionsMutation, ReorderFunctionsMutationVariables> = {
  kind: "mutation",
  name: "ReorderFunctions",
  id: "sha256:ce53c55710be2b6e5e0024781c28793cf0ccd32f1226fb1a953a10ccccf0d6d2",
  text: "mutation ReorderFunctions($input: ReorderFunctionsInput!) {\n  reorderFunctions(input: $input) {\n    functions {\n      name\n      itemOrder\n    }\n  }\n}",
};

export const ClearFunctionsDocument: TrustedDocument<ClearFunctionsMutation, ClearFunctionsMutationVariables> = {
  kind: "mutation",
  name: "ClearFunctions",
  id: "sha256:33b425b15198b05c44e83145fd3a8151558862e548f0162a1418ef17f6cec52b",
  text: "mutation ClearFunctions($input: ClearFunctionsInput!) {\n  clearFunctions(input: $input) {\n    deletedNames\n  }\n}",
};

export const ReadLiveDocument: TrustedDocument<ReadLiveQuery, ReadLiveQueryVariables> = {
  kind: "query",
  name: "ReadLive",
  id: "sha256:2bd9760e9b5aa41a320ed016d4a308f9157f22272e499baaf46f3e924ca805d3",
  text: "query ReadLive($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    gateways {\n      id\n      name\n      live {\n        pipelines {\n          id\n          name\n          apiEndpoints\n          policies {\n            name\n            steps {\n              condition\n              action\n            }\n          }\n        }\n        apiEndpoints {\n          id\n          name\n          host\n          paths\n          methods\n          scopes\n        }\n        serviceEndpoints {\n          id\n          name\n          urls\n        }\n        policies\n      }\n    }\n  }\n}",
};

export const ReadDifferenceDocument: TrustedDocument<ReadDifferenceQuery, ReadDifferenceQueryVariables> = {
  kind: "query",
  name: "ReadDifference",
  id: "sha256:0a6b5a36bcaf3c2d4f5e2254a19dc7ea3d17dc702368fb546edce0a764abc494",
  text: "query ReadDifference($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    gateways {\n      live {\n        difference {\n          action\n          kind\n          name\n          title\n          saved\n          live\n        }\n      }\n    }\n  }\n}",
};

export const ReadSchemasDocument: TrustedDocument<ReadSchemasQuery, ReadSchemasQueryVariables> = {
  kind: "query",
  name: "ReadSchemas",
  id: "sha256:9caa46989e7ddfdad238afac75ac6a9c24274c11cd03b50eee3cdf664c4366cc",
  text: "query ReadSchemas($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    gateways {\n      live {\n        schemas\n      }\n    }\n  }\n}",
};

export const ApplyGatewayDocument: TrustedDocument<ApplyGatewayMutation, ApplyGatewayMutationVariables> = {
  kind: "mutation",
  name: "ApplyGateway",
  id: "sha256:a86cede670b4708d3a81653ec85baae7a6270ec9423bb3b8a8cfdc9c5cb04223",
  text: "mutation ApplyGateway($input: ApplyGatewayInput!) {\n  applyGateway(input: $input) {\n    gateway {\n      id\n    }\n    difference {\n      action\n      kind\n      name\n      title\n    }\n    steps {\n      title\n      outcome\n    }\n  }\n}",
};

export const SavePipelineDocument: TrustedDocument<SavePipelineMutation, SavePipelineMutationVariables> = {
  kind: "mutation",
  name: "SavePipeline",
  id: "sha256:e76e1fe5df16285cd6352e9fed05ce7513313280ab58d1f0959ea17263a6924f",
  text: "mutation SavePipeline($input: SavePipelineInput!) {\n  savePipeline(input: $input) {\n    outcome\n    revision\n    validated\n    pipeline {\n      id\n      name\n      policies {\n        name\n        steps {\n          condition\n          action\n        }\n      }\n    }\n  }\n}",
};

export const DeletePipelineDocument: TrustedDocument<DeletePipelineMutation, DeletePipelineMutationVariables> = {
  kind: "mutation",
  name: "DeletePipeline",
  id: "sha256:1859a12c747d7539e6c2d58ade4fa091f5f60accf4d50fafb567120e20d1cc14",
  text: "mutation DeletePipeline($input: DeletePipelineInput!) {\n  deletePipeline(input: $input) {\n    deletedId\n    outcome\n    project {\n      connections {\n        fromId\n        toId\n      }\n    }\n  }\n}",
};

export const SaveCheckedGatewayDocument: TrustedDocument<SaveCheckedGatewayMutation, SaveCheckedGatewayMutationVariables> = {
  kind: "mutation",
  name: "SaveCheckedGateway",
  id: "sha256:9b73b00fe57b5685335b4049d605fece222d41cde4a05a86b6b223f8258da883",
  text: "mutation SaveCheckedGateway($input: SaveGatewayInput!) {\n  saveGateway(input: $input) {\n    validated\n    gateway {\n      id\n    }\n  }\n}",
};

export const ListKeysDocument: TrustedDocument<ListKeysQuery, ListKeysQueryVariables> = {
  kind: "query",
  name: "ListKeys",
  id: "sha256:bdaa47c2367545d30d2684d9f66c1cd2b20ada0af572816586754a26fbda1da2",
  text: "query ListKeys($producer: ProducerName!) {\n  viewer {\n    login\n  }\n  producer(name: $producer) {\n    name\n    sshKeys {\n      id\n      title\n      publicKey\n      fingerprint\n    }\n  }\n}",
};

export const AddKeyDocument: TrustedDocument<AddKeyMutation, AddKeyMutationVariables> = {
  kind: "mutation",
  name: "AddKey",
  id: "sha256:559d78ee5028ebafde6cfec3b4548e4b0b7782edfafbd59dd7378dce89ae275e",
  text: "mutation AddKey($input: AddSshKeyInput!) {\n  addSshKey(input: $input) {\n    sshKey {\n      id\n      title\n      publicKey\n      fingerprint\n    }\n  }\n}",
};

export const DeleteKeyDocument: TrustedDocument<DeleteKeyMutation, DeleteKeyMutationVariables> = {
  kind: "mutation",
  name: "DeleteKey",
  id: "sha256:6ec7fb043e60f2ddb467349d6f8b26a9d19f7763a507a9894e02b766dbbc45ca",
  text: "mutation DeleteKey($input: DeleteSshKeyInput!) {\n  deleteSshKey(input: $input) {\n    deletedId\n  }\n}",
};

export const LoadSharedProjectsDocument: TrustedDocument<LoadSharedProjectsQuery, LoadSharedProjectsQueryVariables> = {
  kind: "query",
  name: "LoadSharedProjects",
  id: "sha256:6016945c5976ec6cc9c43b4b9b2379801e4adae3e7480193a6bdeadbf6207c85",
  text: "query LoadSharedProjects($username: String!) {\n  viewer {\n    login\n  }\n  loadSharedProjects(username: $username) {\n    username\n    sharedProjects {\n      username\n      projects {\n        name\n        permissions {\n          admin\n          push\n          pull\n        }\n      }\n    }\n  }\n}",
};

export const ProjectChangedDocument: TrustedDocument<ProjectChangedSubscription, ProjectChangedSubscriptionVariables> = {
  kind: "subscription",
  name: "ProjectChanged",
  id: "sha256:6457d53f482f9b99e09899a5fa4066a44bf88872e95265061e849b22f8dc1dca",
  text: "subscription ProjectChanged($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  projectChanged(producer: $producer, env: $env) {\n    project {\n      producer\n      env\n      viewerPermission\n    }\n    by\n    kind\n    entities\n    unnamed\n    revision\n    missed\n  }\n}",
};

export const PresenceDocument: TrustedDocument<PresenceSubscription, PresenceSubscriptionVariables> = {
  kind: "subscription",
  name: "Presence",
  id: "sha256:aff68be33d8de3ea65fc16ad8e2723bd1c9ab53504e3fa0a72c97db5afe6fed9",
  text: "subscription Presence($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  presence(producer: $producer, env: $env) {\n    people {\n      login\n      fullName\n      since\n      connections\n    }\n    others\n    staleSince\n  }\n}",
};

export const WhoIsThereDocument: TrustedDocument<WhoIsThereQuery, WhoIsThereQueryVariables> = {
  kind: "query",
  name: "WhoIsThere",
  id: "sha256:e764986ee76c5b667244fb7a38e080b151b66ce359db6a60903f9d65bc8c8398",
  text: "query WhoIsThere($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    presence {\n      login\n      connections\n    }\n  }\n}",
};

export const ProjectPushesDocument: TrustedDocument<ProjectPushesSubscription, ProjectPushesSubscriptionVariables> = {
  kind: "subscription",
  name: "ProjectPushes",
  id: "sha256:1e4893fb72d74a9dcbeb4b6af590d862e889c6f7fc88ae807ae404e952d9efaf",
  text: "subscription ProjectPushes($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  projectChanged(producer: $producer, env: $env) {\n    by\n    kind\n    entities\n    unnamed\n    branch\n    commit\n    author\n    external\n  }\n}",
};

export const WorkspaceStatusDocument: TrustedDocument<WorkspaceStatusSubscription, WorkspaceStatusSubscriptionVariables> = {
  kind: "subscription",
  name: "WorkspaceStatus",
  id: "sha256:1b79aca7155f1c9fb954167d518d355b940f9ff46ab9005e47227ec5af2fbf80",
  text: "subscription WorkspaceStatus($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  workspaceStatus(producer: $producer, env: $env) {\n    workspace {\n      status\n      output\n      instance\n      running\n      commit\n    }\n    staleSince\n  }\n}",
};

export const ReadModelsDocument: TrustedDocument<ReadModelsQuery, ReadModelsQueryVariables> = {
  kind: "query",
  name: "ReadModels",
  id: "sha256:7c3ae29d23357c15f8119c2c272c5e7f06d5ea957e8c05fd3cd4efff690704e1",
  text: "query ReadModels($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    producer\n    models {\n      ...ModelFields\n    }\n  }\n}\n\nfragment ModelFields on Model {\n  name\n  lunchbadgerId\n  itemOrder\n  plural\n  base\n  description\n  strict\n  public\n  readonly\n  idInjection\n  http\n  options\n  wasBundled\n  other\n  configFile\n  properties {\n    name\n    type\n    required\n    index\n    isId\n    default\n    description\n    itemOrder\n    other\n  }\n  relations {\n    name\n    type\n    model\n    foreignKey\n    through\n    lunchbadgerId\n    other\n  }\n  methods {\n    name\n    isStatic\n    description\n    accepts\n    returns\n    http\n    other\n  }\n  validations\n  acls\n  config {\n    dataSource\n    public\n    other\n  }\n  revision\n}",
};

export const ReadModelDocument: TrustedDocument<ReadModelQuery, ReadModelQueryVariables> = {
  kind: "query",
  name: "ReadModel",
  id: "sha256:030cc25510504ae29e8276012dc31e09a99b4ea08f0584911b70a4b1dfe77db2",
  text: "query ReadModel($producer: ProducerName!, $name: ModelName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    model(name: $name) {\n      ...ModelFields\n    }\n  }\n}\n\nfragment ModelFields on Model {\n  name\n  lunchbadgerId\n  itemOrder\n  plural\n  base\n  description\n  strict\n  public\n  readonly\n  idInjection\n  http\n  options\n  wasBundled\n  other\n  configFile\n  properties {\n    name\n    type\n    required\n    index\n    isId\n    default\n    description\n    itemOrder\n    other\n  }\n  relations {\n    name\n    type\n    model\n    foreignKey\n    through\n    lunchbadgerId\n    other\n  }\n  methods {\n    name\n    isStatic\n    description\n    accepts\n    returns\n    http\n    other\n  }\n  validations\n  acls\n  config {\n    dataSource\n    public\n    other\n  }\n  revision\n}",
};

export const SaveModelDocument: TrustedDocument<SaveModelMutation, SaveModelMutationVariables> = {
  kind: "mutation",
  name: "SaveModel",
  id: "sha256:ddee96a6b5572120b78175e0355febbc95c6c062449c11435df11aa04788e1ed",
  text: "mutation SaveModel($input: SaveModelInput!) {\n  saveModel(input: $input) {\n    model {\n      ...ModelFields\n    }\n    project {\n      producer\n      env\n    }\n    steps {\n      title\n      outcome\n    }\n    outcome\n  }\n}\n\nfragment ModelFields on Model {\n  name\n  lunchbadgerId\n  itemOrder\n  plural\n  base\n  description\n  strict\n  public\n  readonly\n  idInjection\n  http\n  options\n  wasBundled\n  other\n  configFile\n  properties {\n    name\n    type\n    required\n    index\n    isId\n    default\n    description\n    itemOrder\n    other\n  }\n  relations {\n    name\n    type\n    model\n    foreignKey\n    through\n    lunchbadgerId\n    other\n  }\n  methods {\n    name\n    isStatic\n    description\n    accepts\n    returns\n    http\n    other\n  }\n  validations\n  acls\n  config {\n    dataSource\n    public\n    other\n  }\n  revision\n}",
};

export const DeleteModelDocument: TrustedDocument<DeleteModelMutation, DeleteModelMutationVariables> = {
  kind: "mutation",
  name: "DeleteModel",
  id: "sha256:62b1dbd6457909edf01741d3134d71d3beb67c4733d2224f540801e3298c91e4",
  text: "mutation DeleteModel($input: DeleteModelInput!) {\n  deleteModel(input: $input) {\n    deletedName\n    project {\n      models {\n        name\n      }\n    }\n    steps {\n      title\n      outcome\n    }\n  }\n}",
};

export const ReorderModelsDocument: TrustedDocument<ReorderModelsMutation, ReorderModelsMutationVariables> = {
  kind: "mutation",
  name: "ReorderModels",
  id: "sha256:b6cd47358cdbc2a2f9f42e6e512e24a864542c8a817562b2562fdc7d77a21775",
  text: "mutation ReorderModels($input: ReorderModelsInput!) {\n  reorderModels(input: $input) {\n    project {\n      models {\n        name\n        itemOrder\n      }\n    }\n  }\n}",
};

export const FindNodeDocument: TrustedDocument<FindNodeQuery, FindNodeQueryVariables> = {
  kind: "query",
  name: "FindNode",
  id: "sha256:40d970b375008d0a68123532c93f37c2985f06e6080b29d90083e6519871ac6a",
  text: "query FindNode($id: ID!) {\n  node(id: $id) {\n    id\n    ... on Producer {\n      login\n    }\n    ... on Project {\n      producer\n      env\n      viewerPermission\n    }\n    ... on Pod {\n      kind\n      ready\n    }\n    ... on Repo {\n      owner\n      name\n      viewerPermission\n    }\n  }\n}",
};

export const WhoAmIDocument: TrustedDocument<WhoAmIQuery, WhoAmIQueryVariables> = {
  kind: "query",
  name: "WhoAmI",
  id: "sha256:00ef5bdc40ea50e9362bb45c599f132507532694a1a0f4079be391e6343c0281",
  text: "query WhoAmI {\n  viewer {\n    login\n  }\n}",
};

export const ReadPodLogDocument: TrustedDocument<ReadPodLogQuery, ReadPodLogQueryVariables> = {
  kind: "query",
  name: "ReadPodLog",
  id: "sha256:f21639b2c2125c6761827ebac04e2202a6ad956a15f502fd6faee002a9c774b8",
  text: "query ReadPodLog($id: ID!, $container: String, $tailLines: Int! = 200, $sinceTime: DateTime, $previous: Boolean! = false) {\n  pod(id: $id) {\n    logs(\n      container: $container\n      tailLines: $tailLines\n      sinceTime: $sinceTime\n      previous: $previous\n    ) {\n      container\n      lines {\n        time\n        text\n        cut\n      }\n      truncated\n    }\n  }\n}",
};

export const ReadPodEventsDocument: TrustedDocument<ReadPodEventsQuery, ReadPodEventsQueryVariables> = {
  kind: "query",
  name: "ReadPodEvents",
  id: "sha256:447044c8e1fbad0bf4e410a222c6978888f32bdbd8be917af7353e0080806df6",
  text: "query ReadPodEvents($id: ID!) {\n  pod(id: $id) {\n    events {\n      type\n      reason\n      message\n      count\n      firstSeen\n      lastSeen\n    }\n  }\n}",
};

export const FollowPodLogDocument: TrustedDocument<FollowPodLogSubscription, FollowPodLogSubscriptionVariables> = {
  kind: "subscription",
  name: "FollowPodLog",
  id: "sha256:88f0c1226bb2dce9199120109687bad1d0f1f05d96336e4bfb3c16319cc6103d",
  text: "subscription FollowPodLog($id: ID!, $container: String, $tailLines: Int, $sinceTime: DateTime, $after: LogPosition) {\n  podLogs(\n    id: $id\n    container: $container\n    tailLines: $tailLines\n    sinceTime: $sinceTime\n    after: $after\n  ) {\n    lines {\n      time\n      text\n      cut\n      position\n    }\n    missed\n    restarted\n    gap\n    staleSince\n  }\n}",
};

export const RestartPodDocument: TrustedDocument<RestartPodMutation, RestartPodMutationVariables> = {
  kind: "mutation",
  name: "RestartPod",
  id: "sha256:c8200a343ccd8f51b985df6209cb3d8a284dc19c74b3738feba189c8c00cadf8",
  text: "mutation RestartPod($input: RestartPodInput!) {\n  restartPod(input: $input) {\n    pod {\n      id\n      name\n    }\n  }\n}",
};

export const RestartGatewayDocument: TrustedDocument<RestartGatewayMutation, RestartGatewayMutationVariables> = {
  kind: "mutation",
  name: "RestartGateway",
  id: "sha256:e44ee8375dfe2f174b222f59e58f37c4f405fba5afa4ad0e408b85b9ff4c6f04",
  text: "mutation RestartGateway($input: RestartGatewayInput!) {\n  restartGateway(input: $input) {\n    project {\n      producer\n      env\n    }\n    restartedAt\n  }\n}",
};

export const ReadProducerDocument: TrustedDocument<ReadProducerQuery, ReadProducerQueryVariables> = {
  kind: "query",
  name: "ReadProducer",
  id: "sha256:44685a09694775024bed7e8295b8ca063720b6d267d1abe7700fae0ee91fa5d6",
  text: "query ReadProducer($name: ProducerName!) {\n  viewer {\n    login\n  }\n  producer(name: $name) {\n    id\n    name\n    login\n    environments\n  }\n}",
};

export const ListProducersDocument: TrustedDocument<ListProducersQuery, ListProducersQueryVariables> = {
  kind: "query",
  name: "ListProducers",
  id: "sha256:6ba458b4d325c98ce39f99e987e7a838d129788e7a46145912fb3d2825098f96",
  text: "query ListProducers($first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    login\n  }\n  producers(first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    nodes {\n      name\n      login\n    }\n  }\n}",
};

export const ProducerViewerCanDocument: TrustedDocument<ProducerViewerCanQuery, ProducerViewerCanQueryVariables> = {
  kind: "query",
  name: "ProducerViewerCan",
  id: "sha256:527473c704ec1ee41c17443c572e0250393df474eeaa4792e7769e978db8e39a",
  text: "query ProducerViewerCan($name: ProducerName!, $permission: String!) {\n  producer(name: $name) {\n    viewerCan(permission: $permission)\n  }\n}",
};

export const CreateProducerDocument: TrustedDocument<CreateProducerMutation, CreateProducerMutationVariables> = {
  kind: "mutation",
  name: "CreateProducer",
  id: "sha256:928e631abe5980aa02b9eb16303045925b673c9bb2c56843aac08133c8701c58",
  text: "mutation CreateProducer($input: CreateProducerInput!) {\n  createProducer(input: $input) {\n    createdRepos\n    producer {\n      name\n      login\n      environments\n    }\n  }\n}",
};

export const ReadProjectDocument: TrustedDocument<ReadProjectQuery, ReadProjectQueryVariables> = {
  kind: "query",
  name: "ReadProject",
  id: "sha256:ddaeb38474c456f0da9d2c58ebdafb9165caee48371e36e1419b7af86548f3c0",
  text: "query ReadProject($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    id\n    producer\n    env\n    viewerPermission\n    viewerFunctionsPermission\n    enabled\n    repo {\n      name\n      viewerPermission\n    }\n    functionsRepo {\n      name\n      viewerPermission\n    }\n  }\n}",
};

export const ProjectEnabledDocument: TrustedDocument<ProjectEnabledQuery, ProjectEnabledQueryVariables> = {
  kind: "query",
  name: "ProjectEnabled",
  id: "sha256:54e3f8e8516fa97767c9443e68a9ff81faaaaad3df26135b83878e9a7b068dfc",
  text: "query ProjectEnabled($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    enabled\n  }\n}",
};

export const ProjectViewerCanDocument: TrustedDocument<ProjectViewerCanQuery, ProjectViewerCanQueryVariables> = {
  kind: "query",
  name: "ProjectViewerCan",
  id: "sha256:b2013a3fc9414c7daaffe0e4f602ac7ac2a1357ce95fdcf5f5b80c783de0ce68",
  text: "query ProjectViewerCan($producer: ProducerName!, $permission: String!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    viewerCan(permission: $permission)\n  }\n}",
};

export const ViewerMayDocument: TrustedDocument<ViewerMayQuery, ViewerMayQueryVariables> = {
  kind: "query",
  name: "ViewerMay",
  id: "sha256:af6cc88ab0f41f500b266d998dca6a583e6a3d0340132c717627dabad3db99dd",
  text: "query ViewerMay($permission: String!) {\n  viewer {\n    viewerCan(permission: $permission)\n  }\n}",
};

export const SetEnabledDocument: TrustedDocument<SetEnabledMutation, SetEnabledMutationVariables> = {
  kind: "mutation",
  name: "SetEnabled",
  id: "sha256:03818784b7aae2b7677d6775f42df24cfc91a2b1fdb8b0904f53a22849ace17c",
  text: "mutation SetEnabled($input: SetProducerEnabledInput!) {\n  setProducerEnabled(input: $input) {\n    project {\n      producer\n      env\n      enabled\n    }\n  }\n}",
};

export const ReadRepoDocument: TrustedDocument<ReadRepoQuery, ReadRepoQueryVariables> = {
  kind: "query",
  name: "ReadRepo",
  id: "sha256:401d7a29c0b496585f7426212e14f0e058208c2c61269ff12f5aac7d854c7346",
  text: "query ReadRepo($owner: Login!, $name: RepositoryName!) {\n  repo(owner: $owner, name: $name) {\n    id\n    owner\n    name\n    description\n    isEmpty\n    isPrivate\n    isArchived\n    defaultBranch\n    webUrl\n    sshUrl\n    cloneUrl\n    viewerPermission\n  }\n}",
};

export const ListBranchesDocument: TrustedDocument<ListBranchesQuery, ListBranchesQueryVariables> = {
  kind: "query",
  name: "ListBranches",
  id: "sha256:63cc79fccc86e57b83c655e769edda3370e7800247e515657a0029b5f1ba69bf",
  text: "query ListBranches($owner: Login!, $name: RepositoryName!, $first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    login\n  }\n  repo(owner: $owner, name: $name) {\n    name\n    branches(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        endCursor\n      }\n      nodes {\n        name\n        commitSha\n        isProtected\n      }\n    }\n  }\n}",
};

export const ListCommitsDocument: TrustedDocument<ListCommitsQuery, ListCommitsQueryVariables> = {
  kind: "query",
  name: "ListCommits",
  id: "sha256:89d3a41972064e629aded0931c015a1566d164a22472dc4eb12788267405c456",
  text: "query ListCommits($owner: Login!, $name: RepositoryName!, $ref: GitReference, $path: FilePath, $first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    login\n  }\n  repo(owner: $owner, name: $name) {\n    name\n    commits(ref: $ref, path: $path, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        endCursor\n      }\n      nodes {\n        sha\n        message\n        authorName\n        authorLogin\n        webUrl\n      }\n    }\n  }\n}",
};

export const RepoViewerCanDocument: TrustedDocument<RepoViewerCanQuery, RepoViewerCanQueryVariables> = {
  kind: "query",
  name: "RepoViewerCan",
  id: "sha256:636f13b0a81efbff76a952a1343bc0b9cf327ff1d37079ac749a1a91005e5a71",
  text: "query RepoViewerCan($owner: Login!, $name: RepositoryName!, $permission: String!) {\n  repo(owner: $owner, name: $name) {\n    viewerCan(permission: $permission)\n  }\n}",
};

export const ShareProjectDocument: TrustedDocument<ShareProjectMutation, ShareProjectMutationVariables> = {
  kind: "mutation",
  name: "ShareProject",
  id: "sha256:728abb0c54a1f5d9f56542cda88530344bae51769ea948665bf2846404eaf138",
  text: "mutation ShareProject($input: ShareProjectInput!) {\n  shareProject(input: $input) {\n    project {\n      producer\n      env\n      viewerPermission\n    }\n  }\n}",
};

export const UnshareProjectDocument: TrustedDocument<UnshareProjectMutation, UnshareProjectMutationVariables> = {
  kind: "mutation",
  name: "UnshareProject",
  id: "sha256:6a39c28ad6193e0cf2d70267826ba0a07f6c6506dde1d39c4f4cf889c02ee5dd",
  text: "mutation UnshareProject($input: UnshareProjectInput!) {\n  unshareProject(input: $input) {\n    project {\n      producer\n      env\n      viewerPermission\n    }\n  }\n}",
};

export const ReadStatusDocument: TrustedDocument<ReadStatusQuery, ReadStatusQueryVariables> = {
  kind: "query",
  name: "ReadStatus",
  id: "sha256:ca5fb2cf98fbd7ce354522f21d59b50cbb917f3f7ed9ef151a8d6ab4fc928437",
  text: "query ReadStatus($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    status {\n      ...Status\n    }\n  }\n}\n\nfragment Entity on EntityStatus {\n  kind\n  name\n  entityId\n  running\n  deploying\n  ready\n  failed\n  reason\n  restarts\n  startedAt\n}\n\nfragment Status on ProjectStatus {\n  workspace {\n    ...Entity\n  }\n  slsApi {\n    ...Entity\n  }\n  gateways {\n    ...Entity\n  }\n  functions {\n    ...Entity\n  }\n  staleSince\n  staleReason\n}",
};

export const ReadStatusOfPartsDocument: TrustedDocument<ReadStatusOfPartsQuery, ReadStatusOfPartsQueryVariables> = {
  kind: "query",
  name: "ReadStatusOfParts",
  id: "sha256:a8fbfcb27007df7a5d583aa4ff77c88befb7dda94e03c5dbb442b809fc3487a4",
  text: "query ReadStatusOfParts($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    gateways {\n      id\n      status {\n        ...Entity\n        pods {\n          name\n        }\n      }\n    }\n    functions {\n      name\n      status {\n        ...Entity\n        pods {\n          name\n        }\n      }\n    }\n  }\n}\n\nfragment Entity on EntityStatus {\n  kind\n  name\n  entityId\n  running\n  deploying\n  ready\n  failed\n  reason\n  restarts\n  startedAt\n}",
};

export const ReadPodsDocument: TrustedDocument<ReadPodsQuery, ReadPodsQueryVariables> = {
  kind: "query",
  name: "ReadPods",
  id: "sha256:a308b3a60bcccae606d64686379f54ee611c71cbb77e4ef57a083858d2ae7f1b",
  text: "query ReadPods($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    pods {\n      ...PodFields\n      project {\n        id\n      }\n    }\n  }\n}\n\nfragment PodFields on Pod {\n  id\n  name\n  kind\n  entityId\n  entityName\n  phase\n  ready\n  reason\n  restarts\n  createdAt\n  startedAt\n  stopping\n  containers {\n    name\n    state\n    reason\n    ready\n    restarts\n    startedAt\n    lastEnd {\n      reason\n      exitCode\n      finishedAt\n    }\n  }\n}",
};

export const ReadPodByNameDocument: TrustedDocument<ReadPodByNameQuery, ReadPodByNameQueryVariables> = {
  kind: "query",
  name: "ReadPodByName",
  id: "sha256:26c2a64579d5e22d8af01fd60b075e95af38bd619e9767ea3829c7a2787f04ef",
  text: "query ReadPodByName($producer: ProducerName!, $name: PodName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    pod(name: $name) {\n      ...PodFields\n    }\n  }\n}\n\nfragment PodFields on Pod {\n  id\n  name\n  kind\n  entityId\n  entityName\n  phase\n  ready\n  reason\n  restarts\n  createdAt\n  startedAt\n  stopping\n  containers {\n    name\n    state\n    reason\n    ready\n    restarts\n    startedAt\n    lastEnd {\n      reason\n      exitCode\n      finishedAt\n    }\n  }\n}",
};

export const ReadPodDocument: TrustedDocument<ReadPodQuery, ReadPodQueryVariables> = {
  kind: "query",
  name: "ReadPod",
  id: "sha256:7c990a4c753a61fcc4807704b6ed143e70e59e9411fb461800edce26b4657074",
  text: "query ReadPod($id: ID!) {\n  pod(id: $id) {\n    ...PodFields\n  }\n}\n\nfragment PodFields on Pod {\n  id\n  name\n  kind\n  entityId\n  entityName\n  phase\n  ready\n  reason\n  restarts\n  createdAt\n  startedAt\n  stopping\n  containers {\n    name\n    state\n    reason\n    ready\n    restarts\n    startedAt\n    lastEnd {\n      reason\n      exitCode\n      finishedAt\n    }\n  }\n}",
};

export const PodViewerCanDocument: TrustedDocument<PodViewerCanQuery, PodViewerCanQueryVariables> = {
  kind: "query",
  name: "PodViewerCan",
  id: "sha256:fcbd62498cd02e877af1f1e0c3dfdf4d790d49d299e5f71b67a9927a3c85f383",
  text: "query PodViewerCan($id: ID!, $permission: String!) {\n  pod(id: $id) {\n    viewerCan(permission: $permission)\n  }\n}",
};

export const ReadAllStatusDocument: TrustedDocument<ReadAllStatusQuery, ReadAllStatusQueryVariables> = {
  kind: "query",
  name: "ReadAllStatus",
  id: "sha256:32f97eb940259d0d26d635f1b7f816cdf3a2adcfc87e49ce8e1b2fd0ff9f7990",
  text: "query ReadAllStatus {\n  viewer {\n    projects(first: 100) {\n      nodes {\n        producer\n        status {\n          ...Status\n        }\n      }\n    }\n  }\n}\n\nfragment Entity on EntityStatus {\n  kind\n  name\n  entityId\n  running\n  deploying\n  ready\n  failed\n  reason\n  restarts\n  startedAt\n}\n\nfragment Status on ProjectStatus {\n  workspace {\n    ...Entity\n  }\n  slsApi {\n    ...Entity\n  }\n  gateways {\n    ...Entity\n  }\n  functions {\n    ...Entity\n  }\n  staleSince\n  staleReason\n}",
};

export const FollowStatusDocument: TrustedDocument<FollowStatusSubscription, FollowStatusSubscriptionVariables> = {
  kind: "subscription",
  name: "FollowStatus",
  id: "sha256:c8e121358a1bd9a33b05aebf996f9b3b918678f826a588a0e0f4eced8a4da24e",
  text: "subscription FollowStatus($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  projectStatus(producer: $producer, env: $env) {\n    ...Status\n  }\n}\n\nfragment Entity on EntityStatus {\n  kind\n  name\n  entityId\n  running\n  deploying\n  ready\n  failed\n  reason\n  restarts\n  startedAt\n}\n\nfragment Status on ProjectStatus {\n  workspace {\n    ...Entity\n  }\n  slsApi {\n    ...Entity\n  }\n  gateways {\n    ...Entity\n  }\n  functions {\n    ...Entity\n  }\n  staleSince\n  staleReason\n}",
};

export const FollowPodsDocument: TrustedDocument<FollowPodsSubscription, FollowPodsSubscriptionVariables> = {
  kind: "subscription",
  name: "FollowPods",
  id: "sha256:265430b18e7fa0c5d4b7052c93d441b1500a941a0499d419f2dc23911f0fd8e9",
  text: "subscription FollowPods($producer: ProducerName!, $name: PodName, $env: EnvironmentName! = \"dev\") {\n  podChanged(producer: $producer, name: $name, env: $env) {\n    kind\n    pod {\n      ...PodFields\n    }\n    missed\n  }\n}\n\nfragment PodFields on Pod {\n  id\n  name\n  kind\n  entityId\n  entityName\n  phase\n  ready\n  reason\n  restarts\n  createdAt\n  startedAt\n  stopping\n  containers {\n    name\n    state\n    reason\n    ready\n    restarts\n    startedAt\n    lastEnd {\n      reason\n      exitCode\n      finishedAt\n    }\n  }\n}",
};

export const SearchUsersDocument: TrustedDocument<SearchUsersQuery, SearchUsersQueryVariables> = {
  kind: "query",
  name: "SearchUsers",
  id: "sha256:8e27c5c4cacaf6160f0bd2ec73fd598ca7b68f93811e498a9dbe4daea465d5c0",
  text: "query SearchUsers($search: SearchText!, $first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    login\n  }\n  users(search: $search, first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    nodes {\n      login\n      fullName\n    }\n  }\n}",
};

export const ViewerDocument: TrustedDocument<ViewerQuery, ViewerQueryVariables> = {
  kind: "query",
  name: "Viewer",
  id: "sha256:836b3647a1a9bb2dd2bbd7402640e08f69d0ee36fa8ea138642314ae808c1b3e",
  text: "query Viewer {\n  viewer {\n    login\n    fullName\n    email\n    isAdmin\n    producer {\n      name\n      login\n    }\n  }\n}",
};

export const ViewerProjectsDocument: TrustedDocument<ViewerProjectsQuery, ViewerProjectsQueryVariables> = {
  kind: "query",
  name: "ViewerProjects",
  id: "sha256:f180d7b2df74d02872b1cc853a1fc8ab0a29085cbbbab1243ff986fa5d4d6ebd",
  text: "query ViewerProjects($first: PageSize! = 20, $after: Cursor) {\n  viewer {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          producer\n          env\n          viewerPermission\n        }\n      }\n    }\n  }\n}",
};

export const ListWorkspaceFilesDocument: TrustedDocument<ListWorkspaceFilesQuery, ListWorkspaceFilesQueryVariables> = {
  kind: "query",
  name: "ListWorkspaceFiles",
  id: "sha256:663647499b490e28f8f4d20e3f8c434454c98d53d7d5641d75d2a1b9b4011453",
  text: "query ListWorkspaceFiles($producer: ProducerName!, $path: FilePath, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    files(path: $path) {\n      path\n      text\n      size\n      revision\n    }\n  }\n}",
};

export const ReadWorkspaceFileDocument: TrustedDocument<ReadWorkspaceFileQuery, ReadWorkspaceFileQueryVariables> = {
  kind: "query",
  name: "ReadWorkspaceFile",
  id: "sha256:e8450b530533d3674dd4367fd6cace96940c0044a78b8d5f463864f635174a45",
  text: "query ReadWorkspaceFile($producer: ProducerName!, $path: FilePath!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    env\n    file(path: $path) {\n      path\n      text\n      size\n      revision\n    }\n    files {\n      path\n    }\n  }\n}",
};

export const SaveFilesDocument: TrustedDocument<SaveFilesMutation, SaveFilesMutationVariables> = {
  kind: "mutation",
  name: "SaveFiles",
  id: "sha256:1c2b706d70ea426c7508a09b3d95fa04458f2ee31203d20fc844af353b08f5f4",
  text: "mutation SaveFiles($input: SaveFilesInput!) {\n  saveFiles(input: $input) {\n    files {\n      path\n      text\n      size\n      revision\n    }\n    deleted\n    project {\n      producer\n      files {\n        path\n      }\n    }\n  }\n}",
};

export const ReadWorkspaceDocument: TrustedDocument<ReadWorkspaceQuery, ReadWorkspaceQueryVariables> = {
  kind: "query",
  name: "ReadWorkspace",
  id: "sha256:4273538ee80b8b054dc8baf67d769139d3797f1b681d91b71e8b657b8b306423",
  text: "query ReadWorkspace($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  viewer {\n    login\n  }\n  project(producer: $producer, env: $env) {\n    workspace {\n      ...WorkspaceFields\n    }\n  }\n}\n\nfragment WorkspaceFields on Workspace {\n  status\n  output\n  instance\n  running\n  commit\n}",
};

export const ReadOpenApiDocument: TrustedDocument<ReadOpenApiQuery, ReadOpenApiQueryVariables> = {
  kind: "query",
  name: "ReadOpenApi",
  id: "sha256:94e474b56db629e77ce4d3cea144186411bf10b13c9235b72f090fdd4f4d2a20",
  text: "query ReadOpenApi($producer: ProducerName!, $env: EnvironmentName! = \"dev\") {\n  project(producer: $producer, env: $env) {\n    openApi\n    workspace {\n      status\n    }\n  }\n}",
};

export const RestartWorkspaceDocument: TrustedDocument<RestartWorkspaceMutation, RestartWorkspaceMutationVariables> = {
  kind: "mutation",
  name: "RestartWorkspace",
  id: "sha256:78cb94f04ba0538627ae30b8cccfd1168372661906b35b1395f5ca148afc3d6a",
  text: "mutation RestartWorkspace($input: RestartWorkspaceInput!) {\n  restartWorkspace(input: $input) {\n    project {\n      producer\n    }\n    workspace {\n      ...WorkspaceFields\n    }\n  }\n}\n\nfragment WorkspaceFields on Workspace {\n  status\n  output\n  instance\n  running\n  commit\n}",
};

export const ReinstallDependenciesDocument: TrustedDocument<ReinstallDependenciesMutation, ReinstallDependenciesMutationVariables> = {
  kind: "mutation",
  name: "ReinstallDependencies",
  id: "sha256:c10a574e20c4b621151fb9c6835931e8a358026dc0ec3dcce84396df239fcb60",
  text: "mutation ReinstallDependencies($input: WorkspaceInput!) {\n  reinstallDependencies(input: $input) {\n    project {\n      producer\n    }\n    workspace {\n      ...WorkspaceFields\n    }\n  }\n}\n\nfragment WorkspaceFields on Workspace {\n  status\n  output\n  instance\n  running\n  commit\n}",
};

export const ResetWorkspaceDocument: TrustedDocument<ResetWorkspaceMutation, ResetWorkspaceMutationVariables> = {
  kind: "mutation",
  name: "ResetWorkspace",
  id: "sha256:b4132f09328e995c2420dd981aa47065a1471106276499a64280beaddba4be7d",
  text: "mutation ResetWorkspace($input: WorkspaceInput!) {\n  resetWorkspace(input: $input) {\n    project {\n      producer\n    }\n    workspace {\n      ...WorkspaceFields\n    }\n  }\n}\n\nfragment WorkspaceFields on Workspace {\n  status\n  output\n  instance\n  running\n  commit\n}",
};

export const ClearProjectDocument: TrustedDocument<ClearProjectMutation, ClearProjectMutationVariables> = {
  kind: "mutation",
  name: "ClearProject",
  id: "sha256:fe77551f00f6445416b0daccbbbd0390d78ee8e3d4bb716f525a91b5f5cf7c05",
  text: "mutation ClearProject($input: WorkspaceInput!) {\n  clearProject(input: $input) {\n    project {\n      producer\n      dataSources {\n        name\n      }\n    }\n    workspace {\n      ...WorkspaceFields\n    }\n  }\n}\n\nfragment WorkspaceFields on Workspace {\n  status\n  output\n  instance\n  running\n  commit\n}",
};
