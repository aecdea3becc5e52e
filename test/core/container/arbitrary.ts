import fc from "fast-check";
import {
  type ContainerSpec,
  listKeys,
  type Mount,
  type SpecChange,
  type Tmpfs,
} from "../../../server/src/core/container/spec";

/** Text as it is found in compose files, and text that YAML, compose and shells read in different ways. */
const word = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_./-]{0,8}$/),
  fc.constantFrom(
    "true",
    "no",
    "null",
    "~",
    "0",
    "1:20",
    ".5",
    "- a",
    "a: b",
    "a #b",
    "#",
    "*a",
    "&a",
    "!x",
    "%",
    "@",
    "`",
  ),
  fc.constantFrom(
    "$A",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
    "${A:-b}",
    "$$",
    "it's",
    'say "x"',
    " a ",
    "a\tb",
    "ä",
    "é\u2028",
    "\u0007",
    "[a]",
    "{a}",
    "a,b",
    "=",
    "<<",
    "a:",
    "|",
  ),
);

const segment = fc.stringMatching(/^[a-z0-9_.-]{1,6}$/).filter((name) => !/^\.+$/.test(name));
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const option = fc.constantFrom("exec", "suid", "mode=1777", "size=64m", "uid=0");

const tmpfs: fc.Arbitrary<Tmpfs> = fc.record({ path, options: fc.uniqueArray(option, { maxLength: 3 }) });

const mount: fc.Arbitrary<Mount> = fc.oneof(
  fc.record({ type: fc.constant("bind" as const), source: path, target: path, readOnly: fc.boolean() }),
  fc.record({ type: fc.constant("volume" as const), source: segment, target: path, readOnly: fc.boolean() }),
  fc.record({ type: fc.constant("volume" as const), target: path, readOnly: fc.boolean() }),
  fc.record({
    type: fc.constant("bind" as const),
    source: path,
    target: path,
    readOnly: fc.boolean(),
    recursive: fc.constantFrom("writable", "readonly"),
  }),
);

const securityOption = fc.oneof(
  fc.constantFrom(
    "writable-cgroups=true",
    "seccomp=unconfined",
    "apparmor=unconfined",
    "label=disable",
    "no-new-privileges",
  ),
  word.map((value) => `seccomp=${value}`),
);
const capability = fc.constantFrom("SYS_ADMIN", "NET_ADMIN", "SYS_TIME", "ALL");
const device = fc.constantFrom("/dev/fuse", "/dev/net/tun:/dev/net/tun", "/dev/kvm:/dev/kvm:rwm");
const port = fc.constantFrom("80", "8080:80", "127.0.0.1::22", "[::1]:53:53/udp", "8000-8002:80-82");
const argv = fc.record({ words: fc.array(word, { maxLength: 4 }) });
const seconds = fc.oneof(
  fc.integer({ min: 0, max: 9999 }),
  fc.integer({ min: 1, max: 9999 }).map((ms) => ms / 1000),
);
const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/);

const singles = {
  image: word,
  name: word,
  hostname: word,
  memory: fc.constantFrom("512m", "2g", "1073741824"),
  command: argv,
  entrypoint: argv,
  cgroupNamespace: fc.constantFrom("host" as const, "private" as const),
  privileged: fc.boolean(),
  init: fc.boolean(),
  stopSignal: word,
  stopGrace: seconds,
  tty: fc.boolean(),
  user: word,
  pid: word,
  network: word,
  restart: word,
  readOnly: fc.boolean(),
  usernsMode: word,
  runtime: word,
};

/** Any run that compose can say: every value once, no Podman. */
export const runs: fc.Arbitrary<ContainerSpec> = fc.record(
  {
    ...singles,
    environment: fc.dictionary(names, fc.option(word, { nil: undefined }), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    tmpfs: fc.uniqueArray(tmpfs, { selector: (item) => item.path, maxLength: 4 }),
    mounts: fc.uniqueArray(mount, { selector: (item) => item.target, maxLength: 4 }),
    securityOptions: fc.uniqueArray(securityOption, { maxLength: 3 }),
    capabilities: fc.uniqueArray(capability, { maxLength: 3 }),
    devices: fc.uniqueArray(device, { maxLength: 3 }),
    ports: fc.uniqueArray(port, { maxLength: 3 }),
  },
  { requiredKeys: ["environment", "tmpfs", "mounts", "securityOptions", "capabilities", "devices", "ports"] },
);

const pair = fc.tuple(fc.constantFrom("a", "b.c", "d-e"), word).map(([name, value]) => `${name}=${value}`);

/** Flags that systemd does not depend on, some of which only a command line can say. */
export const others: fc.Arbitrary<NonNullable<ContainerSpec["others"]>> = fc.record(
  {
    workdir: fc.tuple(path),
    "shm-size": fc.constantFrom(["64m"], ["1g", "2g"]),
    "cpu-shares": fc.constant(["512"]),
    cpus: fc.constantFrom(["1.5"], ["1.50"]),
    label: fc.uniqueArray(pair, { minLength: 1, maxLength: 3 }),
    "cap-drop": fc.constant(["ALL"]),
    dns: fc.constant(["192.0.2.1", "192.0.2.2"]),
    "add-host": fc.constant(["db:192.0.2.1"]),
    ulimit: fc.constantFrom(["nofile=1024"], ["nofile=1024:2048", "core=-1"], ["odd"]),
    interactive: fc.constant([]),
    rm: fc.constant([]),
    "no-healthcheck": fc.constant([]),
    "health-cmd": fc.constantFrom(["curl -f localhost || exit 1"], ["true"]),
    "health-retries": fc.constant(["3"]),
    "log-driver": fc.constant(["journald"]),
    "log-opt": fc.constantFrom(["tag=x", "labels=a"], ["odd"]),
    "blkio-weight": fc.constant(["300"]),
    pull: fc.constantFrom(["always"], ["newer"]),
  },
  { requiredKeys: [] },
);

/** Steps that lead from a run to any other: what differs is dropped, unset, set and added, in any order of keys. */
export function stepsBetween(from: ContainerSpec, to: ContainerSpec, keys: readonly string[]): SpecChange[] {
  return keys.flatMap((key): SpecChange[] => {
    if (key === "environment") {
      const gone = Object.keys(from.environment).filter((name) => !Object.hasOwn(to.environment, name));
      return [
        ...gone.map((name) => ({ do: "unsetEnv", name }) as const),
        ...Object.entries(to.environment).flatMap(([name, value]) =>
          value === undefined ? [] : [{ do: "setEnv", name, value } as const],
        ),
      ];
    }
    const old = from[key as keyof ContainerSpec];
    const next = to[key as keyof ContainerSpec];
    if (Array.isArray(old) && Array.isArray(next)) {
      const same = (list: unknown[], item: unknown) =>
        list.some((other) => JSON.stringify(other) === JSON.stringify(item));
      return [
        ...old.filter((item) => !same(next, item)).map((value) => ({ do: "drop", key, value }) as SpecChange),
        ...next.filter((item) => !same(old, item)).map((value) => ({ do: "add", key, value }) as SpecChange),
      ];
    }
    return [
      next === undefined
        ? ({ do: "unset", key } as SpecChange)
        : ({ do: "set", key, value: next } as SpecChange),
    ];
  });
}

/** The keys that steps can change. */
export const stepKeys = [
  ...Object.keys(singles).filter((key) => key !== "image" && key !== "runtime"),
  "environment",
  ...listKeys,
];
