import { describe, expect, it } from "vitest";
import type { SpecChange } from "../../../server/src/core/container/spec";
import { dedent, edited, service, steps } from "../container/helpers";

interface Case {
  readonly says: string;
  readonly steps: readonly SpecChange[];
  readonly before: string;
  readonly after: string;
}

const cases: readonly Case[] = [
  {
    says: "keeps the other options of a volume",
    steps: [
      {
        do: "add",
        key: "mounts",
        value: { type: "bind", source: "./a", target: "/b", readOnly: false, options: ["z", "rslave"] },
      },
    ],
    before: `
      services:
        web:
          volumes:
            - ./a:/b:ro,z,rslave
    `,
    after: `
      services:
        web:
          volumes:
            - ./a:/b:rw,z,rslave
    `,
  },
  {
    says: "leaves one blank line where a key of its own paragraph stood, and takes the comment along",
    steps: [steps.noInit],
    before: `
      services:
        web:
          image: x

          # reaps
          init: true

          tty: true
    `,
    after: `
      services:
        web:
          image: x

          tty: true
    `,
  },
  {
    says: "leaves a comment that may be about more than the key",
    steps: [steps.noInit],
    before: `
      services:
        web:
          image: x

          # start and stop
          init: true
          stop_signal: SIGTERM
    `,
    after: `
      services:
        web:
          image: x

          # start and stop
          stop_signal: SIGTERM
    `,
  },
  {
    says: "leaves no blank line at the beginning of a service, nor two at its end",
    steps: [steps.noInit, steps.unprivileged],
    before: `
      services:
        web:
          init: true

          image: x

          privileged: true

        db:
          image: y
    `,
    after: `
      services:
        web:
          image: x

        db:
          image: y
    `,
  },
  {
    says: "takes an ignore comment along with what it covers",
    steps: [steps.noInit, steps.dropRun],
    before: `
      services:
        web:
          image: x
          # systemd-containers-ignore run-tty: for a reason
          init: true
          tmpfs:
            # systemd-containers-ignore run-tty

            - /run
            - /tmp
    `,
    after: `
      services:
        web:
          image: x
          tmpfs:
            - /tmp
    `,
  },
  {
    says: "takes two neighbours away without a second blank line",
    steps: [steps.noInit, steps.unprivileged],
    before: `
      services:
        web:
          image: x

          # both
          init: true
          privileged: true

          tty: true
    `,
    after: `
      services:
        web:
          image: x

          tty: true
    `,
  },
  {
    says: "keeps the lines of a block scalar that look like blank lines and comments",
    steps: [steps.noInit],
    before: `
      services:
        web:
          labels:
            a: |+
              b
              # c

          init: true

          image: x
    `,
    after: `
      services:
        web:
          labels:
            a: |+
              b
              # c

          image: x
    `,
  },
  {
    says: "writes variables as a list where the file does",
    steps: [steps.env],
    before: `
      services:
        web:
          image: x
        db:
          environment:
            - A=b
    `,
    after: `
      services:
        web:
          image: x
          environment:
            - container=docker
        db:
          environment:
            - A=b
    `,
  },
  {
    says: "indents new variables by four where the file does",
    steps: [steps.env],
    before: `
      services:
          web:
              image: x
    `,
    after: `
      services:
          web:
              image: x
              environment:
                  container: docker
    `,
  },
  {
    says: "adds a key after the last one and keeps comments and blank lines",
    steps: [steps.signal],
    before: `
      services:
        web: # the one
          image: fedora-init

          # ports: later
          tty: true # logs
          # the end of web

        db:
          image: db
    `,
    after: `
      services:
        web: # the one
          image: fedora-init

          # ports: later
          tty: true # logs
          stop_signal: SIGRTMIN+3
          # the end of web

        db:
          image: db
    `,
  },
  {
    says: "adds several keys and lists in one set",
    steps: [steps.run, steps.lock, steps.tmp, steps.cgroups, steps.env, steps.tty],
    before: `
      services:
        web:
          image: x
    `,
    after: `
      services:
        web:
          image: x
          tty: true
          environment:
            container: docker
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
          security_opt:
            - writable-cgroups=true
    `,
  },
  {
    says: "indents by four where the file does",
    steps: [steps.run, steps.init],
    before: `
      services:
          web:
              image: x
    `,
    after: `
      services:
          web:
              image: x
              init: false
              tmpfs:
                  - /run
    `,
  },
  {
    says: "writes sequences without indentation where the file does",
    steps: [steps.run, steps.cgroups],
    before: `
      services:
        web:
          image: x
          ports:
          - 80:80
          security_opt:
          - seccomp=unconfined # why
    `,
    after: `
      services:
        web:
          image: x
          ports:
          - 80:80
          security_opt:
          - seccomp=unconfined # why
          - writable-cgroups=true
          tmpfs:
          - /run
    `,
  },
  {
    says: "adds to a flow list in its quotes",
    steps: [steps.lock, steps.tmp],
    before: `
      services:
        web:
          tmpfs: ["/run"] # c
    `,
    after: `
      services:
        web:
          tmpfs: ["/run", "/run/lock", "/tmp:exec,mode=1777"] # c
    `,
  },
  {
    says: "quotes an item with a comma in a plain flow list",
    steps: [steps.tmp],
    before: `
      services:
        web:
          tmpfs: [ /run, /run/lock ]
    `,
    after: `
      services:
        web:
          tmpfs: [ /run, /run/lock, "/tmp:exec,mode=1777" ]
    `,
  },
  {
    says: "adds to a flow list over several lines",
    steps: [steps.lock],
    before: `
      services:
        web:
          tmpfs: [
            '/tmp', # a
            '/run' # b
          ]
    `,
    after: `
      services:
        web:
          tmpfs: [
            '/tmp', # a
            '/run', # b
            '/run/lock'
          ]
    `,
  },
  {
    says: "makes a list of a scalar tmpfs",
    steps: [steps.lock, steps.tty],
    before: `
      services:
        web:
          tmpfs: /run # needed
          image: x
    `,
    after: `
      services:
        web:
          tmpfs:
            - /run # needed
            - /run/lock
          image: x
          tty: true
    `,
  },
  {
    says: "makes a list of a scalar tmpfs in flow style",
    steps: [steps.lock],
    before: `
      services:
        web: {tmpfs: '/run', image: x}
    `,
    after: `
      services:
        web: {tmpfs: ['/run', '/run/lock'], image: x}
    `,
  },
  {
    says: "removes an item with its comment and keeps the others",
    steps: [steps.dropSeccomp],
    before: `
      services:
        web:
          security_opt:
            # one
            - apparmor=unconfined # a
            - seccomp:unconfined # b
            # two
            - label=disable
    `,
    after: `
      services:
        web:
          security_opt:
            # one
            - apparmor=unconfined # a
            # two
            - label=disable
    `,
  },
  {
    says: "takes the key along with its last item",
    steps: [steps.dropSeccomp],
    before: `
      services:
        web:
          image: x
          security_opt:
            - seccomp=unconfined # b
          tty: true
    `,
    after: `
      services:
        web:
          image: x
          tty: true
    `,
  },
  {
    says: "takes both items of a list away",
    steps: [steps.dropRun, steps.dropLock],
    before: `
      services:
        web:
          image: x
          tmpfs: [/run, /run/lock]
    `,
    after: `
      services:
        web:
          image: x
    `,
  },
  {
    says: "takes the first item out of a flow list",
    steps: [steps.dropRun],
    before: `
      services:
        web:
          tmpfs: [ /run, /run/lock, /tmp ]
    `,
    after: `
      services:
        web:
          tmpfs: [ /run/lock, /tmp ]
    `,
  },
  {
    says: "takes the last item out of a flow list and adds one",
    steps: [steps.dropLock, steps.tmp],
    before: `
      services:
        web:
          tmpfs: ["/run", "/run/lock"]
    `,
    after: `
      services:
        web:
          tmpfs: ["/run", "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "replaces a bind at its place",
    steps: [steps.dropReadOnlyBind, steps.bind, steps.host],
    before: `
      services:
        web:
          image: x
          volumes:
            - "/sys/fs/cgroup:/sys/fs/cgroup:ro" # systemd
            - data:/data
    `,
    after: `
      services:
        web:
          image: x
          volumes:
            - "/sys/fs/cgroup:/sys/fs/cgroup:rw" # systemd
            - data:/data
          cgroup: host
    `,
  },
  {
    says: "replaces a security option at its place",
    steps: [steps.dropBare, steps.cgroups],
    before: `
      services:
        web:
          security_opt:
            - writable-cgroups
    `,
    after: `
      services:
        web:
          security_opt:
            - writable-cgroups=true
    `,
  },
  {
    says: "removes a mount in long syntax and keeps the tmpfs beside it",
    steps: [{ do: "unset", key: "mounts" }],
    before: `
      services:
        web:
          volumes:
            - type: bind
              source: /sys/fs/cgroup
              target: /sys/fs/cgroup
              # still about the bind
              read_only: true
            - type: tmpfs
              target: /run
    `,
    after: `
      services:
        web:
          volumes:
            - type: tmpfs
              target: /run
    `,
  },
  {
    says: "adds a mount that the short syntax cannot say",
    steps: [
      {
        do: "add",
        key: "mounts",
        value: { type: "bind", source: "/c", target: "/c", readOnly: true, recursive: "writable" },
      },
    ],
    before: `
      services:
        web:
          volumes:
          - a:/a
    `,
    after: `
      services:
        web:
          volumes:
          - a:/a
          - type: bind
            source: /c
            target: /c
            read_only: true
            bind:
              recursive: writable
    `,
  },
  {
    says: "changes a scalar in its quotes and keeps its comment",
    steps: [steps.signal],
    before: `
      services:
        web:
          stop_signal: "SIGTERM" # default
    `,
    after: `
      services:
        web:
          stop_signal: "SIGRTMIN+3" # default
    `,
  },
  {
    says: "gives an empty key its value",
    steps: [steps.signal, steps.run, steps.env],
    before: `
      services:
        web:
          stop_signal: # which?
          tmpfs:
          environment: ~
          image: x
    `,
    after: `
      services:
        web:
          stop_signal: SIGRTMIN+3 # which?
          tmpfs:
            - /run
          environment:
            container: docker
          image: x
    `,
  },
  {
    says: "writes a command as a list, whatever it was",
    steps: [steps.command],
    before: `
      services:
        web:
          command: # boots
            - sh
            - -c
            - init
          image: x
    `,
    after: `
      services:
        web:
          command: ["/sbin/init", "--unit=multi-user.target"] # boots
          image: x
    `,
  },
  {
    says: "writes a command over a block scalar",
    steps: [steps.command],
    before: `
      services:
        web:
          command: >
            sh -c
            "init"

          image: x
    `,
    after: `
      services:
        web:
          command: ["/sbin/init", "--unit=multi-user.target"]

          image: x
    `,
  },
  {
    says: "unsets a key in the middle and one at the end",
    steps: [steps.noInit, steps.unprivileged],
    before: `
      services:
        web:
          init: true # reap
          image: x

          privileged: true
    `,
    after: `
      services:
        web:
          image: x
    `,
  },
  {
    says: "removes the last key and adds another",
    steps: [steps.unprivileged, steps.tty],
    before: `
      services:
        web:
          image: x
          privileged: true
        db: {}
    `,
    after: `
      services:
        web:
          image: x
          tty: true
        db: {}
    `,
  },
  {
    says: "leaves braces where nothing is left of a service",
    steps: [steps.unprivileged],
    before: `
      services:
        web: # c
          privileged: true
        db: {}
    `,
    after: `
      services:
        web: {} # c
        db: {}
    `,
  },
  {
    says: "sets and adds variables of a mapping",
    steps: [steps.env, { do: "setEnv", name: "LEVEL", value: "1" }],
    before: `
      services:
        web:
          environment:
            container: podman # was
            A: b
            # last
          image: x
    `,
    after: `
      services:
        web:
          environment:
            container: docker # was
            A: b
            LEVEL: "1"
            # last
          image: x
    `,
  },
  {
    says: "sets and adds variables of a list",
    steps: [steps.env, { do: "setEnv", name: "P", value: "a$b" }],
    before: `
      services:
        web:
          environment:
            - container=podman
            - A
    `,
    after: `
      services:
        web:
          environment:
            - container=docker
            - A
            - "P=a$$b"
    `,
  },
  {
    says: "takes the last variable away with its key",
    steps: [steps.noEnv],
    before: `
      services:
        web:
          environment:
            container: podman
          image: x
    `,
    after: `
      services:
        web:
          image: x
    `,
  },
  {
    says: "adds keys to a service in braces",
    steps: [steps.signal, steps.run],
    before: `
      services:
        web: {image: x}
        db: { image: y }
    `,
    after: `
      services:
        web: {image: x, stop_signal: SIGRTMIN+3, tmpfs: [/run]}
        db: { image: y }
    `,
  },
  {
    says: "removes keys of a service in braces",
    steps: [steps.unprivileged, steps.noInit],
    before: `
      services:
        web: { privileged: true, image: x, init: true }
    `,
    after: `
      services:
        web: { image: x }
    `,
  },
  {
    says: "writes JSON into JSON",
    steps: [steps.signal, steps.run, steps.tty],
    before: `
      {
        "services": {
          "web": {
            "image": "x"
          }
        }
      }
    `,
    after: `
      {
        "services": {
          "web": {
            "image": "x",
            "tty": true,
            "stop_signal": "SIGRTMIN+3",
            "tmpfs": ["/run"]
          }
        }
      }
    `,
  },
  {
    says: "gives a service without body its keys",
    steps: [steps.tty, steps.run],
    before: `
      services:
        db:
        web: # nothing yet
        other:
          image: x
    `,
    after: `
      services:
        db:
        web: # nothing yet
          tty: true
          tmpfs:
            - /run
        other:
          image: x
    `,
  },
  {
    says: "gives a service with empty braces its keys",
    steps: [steps.tty],
    before: `
      services:
        web: {}
    `,
    after: `
      services:
        web: {tty: true}
    `,
  },
  {
    says: "adds a key to a service that merges a fragment, in the service itself",
    steps: [steps.tty],
    before: `
      x-base: &base
        image: x
      services:
        web:
          <<: *base
        db:
          <<: [*base]
    `,
    after: `
      x-base: &base
        image: x
      services:
        web:
          <<: *base
          tty: true
        db:
          <<: [*base]
    `,
  },
  {
    says: "merges a fragment instead of being it, when a key is added",
    steps: [steps.tty],
    before: `
      x-base: &base
        image: x
      services:
        web: *base # same
        db: *base
    `,
    after: `
      x-base: &base
        image: x
      services:
        web: # same
          <<: *base
          tty: true
        db: *base
    `,
  },
  {
    says: "changes and removes what a fragment says in the fragment",
    steps: [steps.signal, steps.unprivileged, steps.lock],
    before: `
      x-base: &base
        privileged: true
        stop_signal: SIGTERM
        tmpfs:
          - /run
      services:
        web:
          <<: *base
          image: x
    `,
    after: `
      x-base: &base
        stop_signal: SIGRTMIN+3
        tmpfs:
          - /run
          - /run/lock
      services:
        web:
          <<: *base
          image: x
    `,
  },
  {
    says: "leaves braces where a fragment becomes empty",
    steps: [steps.unprivileged],
    before: `
      x-base: &base
        privileged: true

      services:
        web:
          <<: *base
    `,
    after: `
      x-base: &base {}

      services:
        web:
          <<: *base
    `,
  },
  {
    says: "edits the list behind an alias, and leaves brackets when it empties",
    steps: [steps.dropRun],
    before: `
      x-tmpfs: &tmpfs
        - /run
      services:
        web:
          tmpfs: *tmpfs
        db:
          tmpfs: *tmpfs
    `,
    after: `
      x-tmpfs: &tmpfs []
      services:
        web:
          tmpfs: *tmpfs
        db:
          tmpfs: *tmpfs
    `,
  },
  {
    says: "replaces an alias that is a value",
    steps: [steps.signal],
    before: `
      x-signal: &signal SIGTERM
      services:
        web:
          stop_signal: *signal
    `,
    after: `
      x-signal: &signal SIGTERM
      services:
        web:
          stop_signal: SIGRTMIN+3
    `,
  },
  {
    says: "keeps an empty list that hides a merged one",
    steps: [steps.dropLock],
    before: `
      x-base: &base
        tmpfs: [/run]
      services:
        web:
          <<: *base
          tmpfs:
            - /run/lock
    `,
    after: `
      x-base: &base
        tmpfs: [/run]
      services:
        web:
          <<: *base
          tmpfs: []
    `,
  },
  {
    says: "removes a key that the service says over its fragment from both",
    steps: [steps.unprivileged],
    before: `
      x-base: &base
        image: x
        privileged: true
      services:
        web:
          <<: *base
          privileged: true
          tty: true
    `,
    after: `
      x-base: &base
        image: x
      services:
        web:
          <<: *base
          tty: true
    `,
  },
  {
    says: "adds to what a service of the same file extends",
    steps: [steps.lock, steps.unprivileged],
    before: `
      services:
        base:
          privileged: true
          tmpfs: /run
        web:
          extends: base
    `,
    after: `
      services:
        base:
          tmpfs:
            - /run
            - /run/lock
        web:
          extends: base
    `,
  },
  {
    says: "adds to the fragment from which it removes",
    steps: [steps.lock, steps.unprivileged],
    before: `
      x-base: &base
        image: x
        privileged: true
      services:
        web:
          <<: *base
          tty: true
        db:
          <<: *base
    `,
    after: `
      x-base: &base
        image: x
        tmpfs:
          - /run/lock
      services:
        web:
          <<: *base
          tty: true
        db:
          <<: *base
    `,
  },
];

describe("edits of a compose file", () => {
  for (const { says, steps: asked, before, after } of cases) {
    it(says, () => {
      expect(edited(dedent(before), asked)).toBe(dedent(after));
    });
    it(`${says}, with CRLF`, () => {
      const crlf = (text: string) => dedent(text).replaceAll("\n", "\r\n");
      expect(edited(crlf(before), asked)).toBe(crlf(after));
    });
    it(`${says}, without a line ending at the end`, () => {
      const bare = (text: string) => dedent(text).replace(/\n+$/, "");
      expect(edited(bare(before), asked).replace(/\n+$/, "")).toBe(bare(after));
    });
  }

  it("makes no edit for what is already so", () => {
    expect(
      service("services:\n  web:\n    tty: true\n    tmpfs: /run\n").changes([
        steps.tty,
        steps.run,
        steps.noInit,
      ])[0]?.edits,
    ).toEqual([]);
  });

  it("cannot say Podman's --systemd", () => {
    expect(
      service("services:\n  web:\n    image: x\n").changes([
        { do: "set", key: "systemd", value: "always" },
      ])[0]?.edits,
    ).toBeUndefined();
  });

  it("leaves alone what stands in another file, and says it over where it can", () => {
    const web = service("services:\n  web:\n    extends: {file: base.yaml, service: base}\n", "web", {
      "base.yaml": "services:\n  base:\n    privileged: true\n    stop_signal: SIGTERM\n",
    });
    expect(web.changes([steps.unprivileged])[0]?.edits).toBeUndefined();
    expect(web.changes([steps.signal])).toMatchObject([{ runs: ["web"] }]);
    expect(web.changes([steps.tty])[0]?.edits).toBeDefined();
    const overridden = service("services:\n  web:\n    image: x\n", "web", {
      "compose.override.yaml":
        "services:\n  web:\n    stop_signal: SIGTERM\n    environment: {container: x}\n",
    });
    expect(overridden.changes([steps.signal])).toEqual([]);
    expect(overridden.changes([steps.env])).toEqual([]);
  });

  it.each(["tmpfs: /run", "tmpfs: [/run]"])(
    "does not take from a service with %s what it does not replace there",
    (tmpfs) => {
      const text = `x-base: &base\n  privileged: true\n  tmpfs: [/tmp]\nservices:\n  web:\n    <<: *base\n  db:\n    <<: *base\n    ${tmpfs}\n`;
      expect(service(text).changes([steps.lock, steps.unprivileged])).toEqual([]);
      expect(service(text).changes([steps.unprivileged])).toMatchObject([{ runs: ["web", "db"] }]);
    },
  );

  it("does not write over a key that is reset", () => {
    expect(
      service("services:\n  web:\n    tmpfs: !reset []\n").changes([steps.run])[0]?.edits,
    ).toBeUndefined();
  });

  it("does not take away an anchor that is used elsewhere", () => {
    const text = "services:\n  web:\n    stop_signal: &s SIGTERM\n  db:\n    stop_signal: *s\n";
    expect(service(text).changes([{ do: "unset", key: "stopSignal" }])[0]?.edits).toBeUndefined();
  });
});
