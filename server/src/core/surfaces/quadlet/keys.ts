/**
 * How the generator reads the value of a key (podman, pkg/systemd/parser/unitfile.go). `text`: the entire value, the
 * last of several; `truth`: true or false; `lines`: each value in full; `names`: words without escapes; `words`:
 * words with escapes; `pairs`: words with escapes, each of the form `NAME=value`; `flags`: flags of the program.
 */
export type Form = "text" | "truth" | "lines" | "names" | "words" | "pairs" | "flags";

/** A key of the Container section, and the flag of `podman run` that the generator turns it into. */
export interface RunKey {
  readonly key: string;
  readonly form: Form;
  /** The flag as the table of flags spells it; absent if the key is about the service rather than the container. */
  readonly flag?: string;
  /**
   * What the value of the flag begins with. For `truth`, this is the entire value, and there is no flag if the key is
   * false.
   */
  readonly begins?: string;
  /** The suffix of a Quadlet file whose name can be given instead of the name of a Podman object. */
  readonly unit?: ".volume" | ".network";
}

const row = (form: Form, flag?: string, more: Partial<RunKey> = {}) => ({ form, flag, ...more });
const security = (form: Form, begins: string) => row(form, "--security-opt", { begins });

/**
 * The keys of the Container section (podman, pkg/systemd/quadlet/quadlet.go, ConvertContainer; the keys are those of
 * 5.8 and 6). If several keys map to one flag, those for certain values come first.
 */
const table: Readonly<Record<string, Omit<RunKey, "key">>> = {
  Image: row("text"),
  Rootfs: row("text"),
  Exec: row("words"),
  ContainerName: row("text", "--name"),
  HostName: row("text", "--hostname"),
  Memory: row("text", "--memory"),
  RunInit: row("truth", "--init"),
  ReadOnly: row("truth", "--read-only"),
  StopSignal: row("text", "--stop-signal"),
  StopTimeout: row("text", "--stop-timeout"),
  User: row("text", "--user"),
  Group: row("text"),
  UserNS: row("text", "--userns"),
  Entrypoint: row("text", "--entrypoint"),
  Network: row("lines", "--network", { unit: ".network" }),
  PublishPort: row("lines", "--publish"),
  Environment: row("pairs", "--env"),
  Tmpfs: row("lines", "--tmpfs"),
  Volume: row("lines", "-v", { unit: ".volume" }),
  Mount: row("words", "--mount"),
  AddDevice: row("names", "--device"),
  AddCapability: row("names", "--cap-add"),
  DropCapability: row("names", "--cap-drop"),
  SeccompProfile: security("text", "seccomp="),
  AppArmor: security("text", "apparmor="),
  NoNewPrivileges: security("truth", "no-new-privileges"),
  SecurityLabelDisable: security("truth", "label=disable"),
  SecurityLabelNested: security("truth", "label=nested"),
  SecurityLabelType: security("text", "label=type:"),
  SecurityLabelFileType: security("text", "label=filetype:"),
  SecurityLabelLevel: security("text", "label=level:"),
  Mask: security("words", "mask="),
  Unmask: security("words", "unmask="),
  AutoUpdate: row("text", "--label", { begins: "io.containers.autoupdate=" }),
  Label: row("pairs", "--label"),
  Annotation: row("pairs", "--annotation"),
  AddHost: row("lines", "--add-host"),
  CgroupsMode: row("text", "--cgroups"),
  DNS: row("lines", "--dns"),
  DNSOption: row("lines", "--dns-option"),
  DNSSearch: row("lines", "--dns-search"),
  EnvironmentFile: row("words", "--env-file"),
  EnvironmentHost: row("truth", "--env-host"),
  ExposeHostPort: row("lines", "--expose"),
  GIDMap: row("names", "--gidmap"),
  GroupAdd: row("lines", "--group-add"),
  HealthCmd: row("text", "--health-cmd"),
  HealthInterval: row("text", "--health-interval"),
  HealthLogDestination: row("text", "--health-log-destination"),
  HealthMaxLogCount: row("text", "--health-max-log-count"),
  HealthMaxLogSize: row("text", "--health-max-log-size"),
  HealthOnFailure: row("text", "--health-on-failure"),
  HealthRetries: row("text", "--health-retries"),
  HealthStartPeriod: row("text", "--health-start-period"),
  HealthStartupCmd: row("text", "--health-startup-cmd"),
  HealthStartupInterval: row("text", "--health-startup-interval"),
  HealthStartupRetries: row("text", "--health-startup-retries"),
  HealthStartupSuccess: row("text", "--health-startup-success"),
  HealthStartupTimeout: row("text", "--health-startup-timeout"),
  HealthTimeout: row("text", "--health-timeout"),
  HttpProxy: row("truth", "--http-proxy"),
  IP: row("text", "--ip"),
  IP6: row("text", "--ip6"),
  LogDriver: row("text", "--log-driver"),
  LogOpt: row("names", "--log-opt"),
  NetworkAlias: row("lines", "--network-alias"),
  PidsLimit: row("text", "--pids-limit"),
  Pull: row("text", "--pull"),
  ReadOnlyTmpfs: row("truth", "--read-only-tmpfs"),
  Retry: row("text", "--retry"),
  RetryDelay: row("text", "--retry-delay"),
  Secret: row("words", "--secret"),
  ShmSize: row("text", "--shm-size"),
  SubGIDMap: row("text", "--subgidname"),
  SubUIDMap: row("text", "--subuidname"),
  Sysctl: row("names", "--sysctl"),
  Timezone: row("text", "--tz"),
  UIDMap: row("names", "--uidmap"),
  Ulimit: row("lines", "--ulimit"),
  WorkingDir: row("text", "--workdir"),
  GlobalArgs: row("flags"),
  PodmanArgs: row("flags"),
  ...serviceKeys("ContainersConfModule", "Notify", "Pod", "ReloadCmd", "ReloadSignal", "ServiceName"),
  ...serviceKeys("StartWithPod", "RemapGid", "RemapUid", "RemapUidSize", "RemapUsers", "VolatileTmp"),
};

function serviceKeys(...keys: string[]): Record<string, Omit<RunKey, "key">> {
  return Object.fromEntries(keys.map((key) => [key, row("text")]));
}

/** The keys of the Container section, in the order in which they are written. */
export const runKeys: readonly RunKey[] = Object.entries(table).map(([key, of]) => ({ key, ...of }));

const byKey = new Map(runKeys.map((each) => [each.key, each]));

/** What is known about a key of the Container section; undefined if the generator rejects the key. */
export function runKey(key: string): RunKey | undefined {
  return byKey.get(key);
}

/** Whether only the last of several values of a key applies. */
export function isSingle(key: string): boolean {
  const form = byKey.get(key)?.form;
  return form === "text" || form === "truth";
}

/** The keys that can express a flag with a value; those for certain values come first. */
export function keysOf(flag: string, value: string | undefined): readonly RunKey[] {
  return runKeys.filter(
    (each) =>
      each.flag === flag &&
      (each.begins === undefined ||
        (each.form === "truth" ? value === each.begins : value?.startsWith(each.begins))),
  );
}

/**
 * The values of `Restart=` of the service, with the equivalent restart policy of an engine. A service that is stopped
 * stays stopped.
 */
export const restarts: Readonly<Record<string, string>> = {
  no: "no",
  always: "unless-stopped",
  "on-failure": "on-failure",
};
