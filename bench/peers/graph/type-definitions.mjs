/** What the peers are asked: the part of the gateway's schema that the questions touch, spelt as there. */
export const typeDefinitions = /* GraphQL */ `
  scalar JSON
  scalar Login
  scalar RepositoryName
  scalar ProducerName
  scalar FilePath

  type Query {
    repo(owner: Login!, name: RepositoryName!): Repo
    project(producer: ProducerName!, env: String = "dev"): Project
    viewer: Viewer
  }

  type Mutation {
    saveRepoFile(input: SaveRepoFileInput!): SaveRepoFilePayload
  }

  enum PermissionLevel {
    READ
    WRITE
    ADMIN
  }

  type Repo {
    owner: String!
    name: String!
    description: String!
    isPrivate: Boolean!
    defaultBranch: String!
    viewerPermission: PermissionLevel
    collaborators: CollaboratorConnection
  }

  type CollaboratorConnection {
    nodes: [Collaborator!]!
  }

  type Collaborator {
    user: User!
  }

  type User {
    login: String!
  }

  type Viewer {
    projects(first: Int = 20): ProjectConnection
  }

  type ProjectConnection {
    nodes: [Project!]!
  }

  type Project {
    producer: String!
    env: String!
    viewerPermission: PermissionLevel
    document: JSON
    gateways: [Gateway!]
    apiEndpoints: [ApiEndpoint!]
    models: [Model!]
    dataSources: [DataSource!]
    files(path: FilePath): [WorkspaceFile!]
    functions: [Function!]
    workspace: Workspace
    repo: Repo
    status: ProjectStatus
  }

  type Gateway {
    id: ID!
    name: String!
    dnsPrefix: String
    pipelines: [Pipeline!]!
  }

  type Pipeline {
    id: ID!
    name: String!
  }

  type ApiEndpoint {
    id: ID!
    name: String!
    host: String
    paths: [String!]
    methods: [String!]
    scopes: [String!]
    itemOrder: Float
  }

  type Model {
    name: String!
    plural: String
    base: String
    properties: [ModelProperty!]!
    config: ModelConfig
  }

  type ModelProperty {
    name: String!
    type: JSON
    required: Boolean
  }

  type ModelConfig {
    dataSource: String
    public: Boolean
  }

  type DataSource {
    name: String!
    connector: String
    host: String
    database: String
  }

  type WorkspaceFile {
    path: String!
    text: String
  }

  type Function {
    name: String!
    runtime: String
  }

  enum WorkspaceState {
    RUNNING
    INSTALLING
    CRASHED
    UNKNOWN
  }

  type Workspace {
    status: WorkspaceState!
    output: String!
    instance: String!
    running: Boolean!
    commit: String!
  }

  type ProjectStatus {
    workspace: EntityStatus
  }

  type EntityStatus {
    ready: Boolean!
    restarts: Int!
    pods: [Pod!]!
  }

  type Pod {
    name: String!
    phase: String!
  }

  input RepoRef {
    owner: Login!
    name: RepositoryName!
  }

  input SaveRepoFileInput {
    repo: RepoRef!
    path: FilePath!
    content: String!
  }

  type SaveRepoFilePayload {
    commitSha: String!
    file: RepoFile!
  }

  type RepoFile {
    path: String!
    sha: String!
  }
`;
